/// The bytes of one JSON value while it is read. Places are offsets of values.
final class JSONText {
  /// No reason: whoever wants one asks a decoder that takes its time.
  struct Unreadable: Error {}

  private struct Member {
    var key: Range<Int>
    var value: Int
  }

  private static let deepest = 32

  /// Valid between `begin` and `end`.
  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Of all objects that were opened, one after the other.
  private var members: [Member] = []
  /// Where the next key is most likely to stand: they are asked for in the order of writing.
  private var cursor = 0
  private let strings = InternedStrings()

  func begin(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    members.removeAll(keepingCapacity: true)
    cursor = 0
  }

  func end() { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }

  // MARK: Objects and arrays

  /// Indices of an object's members, for `value(of:in:)`.
  func members(at place: Int) throws -> Range<Int> {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "{") else { throw Unreadable() }
    let first = members.count
    cursor = first
    var at = place + 1
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") { return first..<first }
    while true {
      guard let key = try plainString(at: at), let value = after(":", at: key.upperBound + 1),
        let end = endOfValue(at: value)
      else { throw Unreadable() }
      // Twice the same key is nothing that was written here.
      guard !members[first...].contains(where: { isSame($0.key, key) }) else { throw Unreadable() }
      members.append(Member(key: key, value: value))
      guard end < bytes.count else { throw Unreadable() }
      at = end + 1
      if bytes[end] == UInt8(ascii: "}") { return first..<members.count }
      guard bytes[end] == UInt8(ascii: ",") else { throw Unreadable() }
    }
  }

  func value(of key: String, in range: Range<Int>) -> Int? {
    if !range.contains(cursor) { cursor = range.lowerBound }
    for index in cursor..<max(cursor, range.upperBound) where holds(key, members[index].key) {
      cursor = index
      return members[index].value
    }
    for index in range.lowerBound..<cursor where holds(key, members[index].key) {
      cursor = index
      return members[index].value
    }
    return nil
  }

  func keys(_ range: Range<Int>) -> [String] {
    range.map { String(decoding: bytes[members[$0].key], as: UTF8.self) }
  }

  func elements(at place: Int) throws -> [Int] {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "[") else { throw Unreadable() }
    var places: [Int] = []
    var at = place + 1
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") { return places }
    while true {
      guard let end = endOfValue(at: at), end < bytes.count else { throw Unreadable() }
      places.append(at)
      at = end + 1
      if bytes[end] == UInt8(ascii: "]") { return places }
      guard bytes[end] == UInt8(ascii: ",") else { throw Unreadable() }
    }
  }

  private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.count == right.count && bytes[left].elementsEqual(bytes[right])
  }

  private func holds(_ key: String, _ range: Range<Int>) -> Bool {
    var key = key
    return key.withUTF8 { characters in
      characters.count == range.count
        && zip(characters, range).allSatisfy { $0 == bytes[$1] }
    }
  }

  // MARK: Values

  func isNull(at place: Int) -> Bool { has("null", at: place) }

  func boolean(at place: Int) throws -> Bool {
    if has("true", at: place) { return true }
    guard has("false", at: place) else { throw Unreadable() }
    return false
  }

  func string(at place: Int) throws -> String {
    if let range = try plainString(at: place) {
      guard let text = strings.string(UnsafeRawBufferPointer(rebasing: bytes[range])) else {
        throw Unreadable()
      }
      return text
    }
    throw Unreadable()
  }

  func integer<Number: FixedWidthInteger>(at place: Int) throws -> Number {
    guard let end = endOfNumber(at: place) else { throw Unreadable() }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    var number: Number = 0
    for byte in bytes[(isNegative ? place + 1 : place)..<end] {
      guard byte >= 48, byte <= 57, let digit = Number(exactly: byte - 48) else {
        throw Unreadable()
      }
      let (tens, isBeyond) = number.multipliedReportingOverflow(by: 10)
      let (sum, isTooFar) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard !isBeyond, !isTooFar else { throw Unreadable() }
      number = sum
    }
    return number
  }

  func real(at place: Int) throws -> Double {
    guard let end = endOfNumber(at: place),
      let number = Double(String(decoding: bytes[place..<end], as: UTF8.self))
    else { throw Unreadable() }
    return number
  }

  // MARK: Where things end

  /// The offset after a value; nil where none stands there.
  func endOfValue(at place: Int, depth: Int = 0) -> Int? {
    guard place < bytes.count, depth < Self.deepest else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "\""): return endOfString(at: place)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfContainer(at: place, depth: depth)
    case UInt8(ascii: "t"): return has("true", at: place) ? place + 4 : nil
    case UInt8(ascii: "f"): return has("false", at: place) ? place + 5 : nil
    case UInt8(ascii: "n"): return has("null", at: place) ? place + 4 : nil
    default: return endOfNumber(at: place)
    }
  }

  private func endOfContainer(at place: Int, depth: Int) -> Int? {
    let isObject = bytes[place] == UInt8(ascii: "{")
    let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    var at = place + 1
    guard at < bytes.count else { return nil }
    if bytes[at] == closing { return at + 1 }
    while true {
      if isObject {
        guard let key = endOfString(at: at), let value = after(":", at: key) else { return nil }
        at = value
      }
      guard let end = endOfValue(at: at, depth: depth + 1), end < bytes.count else { return nil }
      at = end + 1
      if bytes[end] == closing { return at }
      guard bytes[end] == UInt8(ascii: ",") else { return nil }
    }
  }

  private func endOfString(at place: Int) -> Int? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    var at = place + 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"):
        guard let end = endOfEscape(at: at) else { return nil }
        at = end
      case 0..<0x20: return nil
      default: at += 1
      }
    }
    return nil
  }

  /// Also in strings that nobody asks for: what JSON does not know is refused wherever it stands.
  private func endOfEscape(at place: Int) -> Int? {
    guard place + 1 < bytes.count else { return nil }
    switch bytes[place + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return place + 2
    case UInt8(ascii: "u"):
      let digits = place + 2..<place + 6
      guard digits.upperBound <= bytes.count, bytes[digits].allSatisfy(Self.isHexadecimal) else {
        return nil
      }
      return digits.upperBound
    default: return nil
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// Digits with a sign, a fraction and an exponent, as JSON has them.
  private func endOfNumber(at place: Int) -> Int? {
    var at = place
    func digits() -> Bool {
      let start = at
      while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 { at += 1 }
      return at > start
    }
    func takes(_ characters: UInt8...) -> Bool {
      guard at < bytes.count, characters.contains(bytes[at]) else { return false }
      at += 1
      return true
    }
    _ = takes(UInt8(ascii: "-"))
    let first = at
    guard digits(), bytes[first] != 48 || at == first + 1 else { return nil }
    if takes(UInt8(ascii: ".")), !digits() { return nil }
    if takes(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = takes(UInt8(ascii: "-"), UInt8(ascii: "+"))
      guard digits() else { return nil }
    }
    return at
  }

  /// The content of a string without escapes; nil for one that has some.
  private func plainString(at place: Int) throws -> Range<Int>? {
    guard let end = endOfString(at: place) else { throw Unreadable() }
    let content = place + 1..<end - 1
    return bytes[content].contains(UInt8(ascii: "\\")) ? nil : content
  }

  private func after(_ mark: Unicode.Scalar, at place: Int) -> Int? {
    place < bytes.count && bytes[place] == UInt8(ascii: mark) ? place + 1 : nil
  }

  private func has(_ word: StaticString, at place: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[place + $0] == word.utf8Start[$0] }
  }
}

/// The same text for the same bytes, in one piece of memory: a log says the same names again and
/// again.
final class InternedStrings {
  private static let slots = 1 << 14
  /// What is shorter takes no memory of its own.
  private static let inline = 15

  private var table = [String](repeating: "", count: slots)

  /// Nil for bytes that are no UTF-8.
  func string(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.count > Self.inline else { return String(validating: bytes, as: UTF8.self) }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let slot = Int(truncatingIfNeeded: hash >> 32) & (Self.slots - 1)
    if table[slot].utf8.count == bytes.count, table[slot].utf8.elementsEqual(bytes) {
      return table[slot]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    table[slot] = text
    return text
  }
}
