/// Reads JSON by pulling values out of bytes, without a tree between: for the bodies that a
/// simulated world sees thousands of times a second. Members may come in any order, unknown ones
/// are skipped. Strict on syntax and UTF-8; nesting is bounded.
package struct JSONReader {
  let bytes: [UInt8]
  var position = 0
  private var depth = 0
  private static let deepest = 128

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// What stands next, without reading it.
  package enum Kind: String, Sendable {
    case object
    case array
    case string
    case number
    case boolean
    case null
  }

  package mutating func nextKind() throws(JSONFault) -> Kind {
    skipWhitespace()
    guard position < bytes.count else { throw .malformed(at: position) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw .malformed(at: position)
    }
  }

  /// Calls `member` with each name; it must read or skip the value.
  ///
  /// - Throws: `JSONFault`, or what `member` throws.
  package mutating func readObject(
    _ member: (String, inout JSONReader) throws -> Void
  ) throws {
    try expect(.object)
    try enter()
    skipWhitespace()
    if take(UInt8(ascii: "}")) { return leave() }
    while true {
      skipWhitespace()
      let name = try readString()
      skipWhitespace()
      guard take(UInt8(ascii: ":")) else { throw JSONFault.malformed(at: position) }
      try member(name, &self)
      skipWhitespace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw JSONFault.malformed(at: position) }
      return leave()
    }
  }

  /// Calls `element` before each element; it must read or skip it.
  ///
  /// - Throws: `JSONFault`, or what `element` throws.
  package mutating func readArray(_ element: (inout JSONReader) throws -> Void) throws {
    try expect(.array)
    try enter()
    skipWhitespace()
    if take(UInt8(ascii: "]")) { return leave() }
    while true {
      try element(&self)
      skipWhitespace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw JSONFault.malformed(at: position) }
      return leave()
    }
  }

  /// True, and the value read, when `null` stands next.
  package mutating func readNull() throws(JSONFault) -> Bool {
    guard try nextKind() == .null else { return false }
    try readWord("null")
    return true
  }

  package mutating func readBool() throws(JSONFault) -> Bool {
    try expect(.boolean)
    let isTrue = bytes[position] == UInt8(ascii: "t")
    try readWord(isTrue ? "true" : "false")
    return isTrue
  }

  /// - Throws: `JSONFault.unexpected` for a fraction, an exponent, or what `Int` cannot hold.
  package mutating func readInt() throws(JSONFault) -> Int {
    try expect(.number)
    let start = position
    let digits = try scanNumber()
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw .unexpected(.number, at: start)
    }
    return number
  }

  package mutating func readDouble() throws(JSONFault) -> Double {
    try expect(.number)
    let start = position
    let digits = try scanNumber()
    guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
      throw .unexpected(.number, at: start)
    }
    return number
  }

  /// Reads past a value of any kind.
  package mutating func skipValue() throws {
    switch try nextKind() {
    case .object: try readObject { _, reader in try reader.skipValue() }
    case .array: try readArray { reader in try reader.skipValue() }
    case .string: _ = try readStringBytes()
    case .number: _ = try scanNumber()
    case .boolean: _ = try readBool()
    case .null: _ = try readNull()
    }
  }

  /// Reads past a value of any kind, and gives its bytes.
  package mutating func readRaw() throws -> ArraySlice<UInt8> {
    _ = try nextKind()
    let start = position
    try skipValue()
    return bytes[start..<position]
  }

  /// Reads past a value of any kind, and hands on every string in it that is not a name.
  package mutating func readStrings(_ string: (String) -> Void) throws {
    switch try nextKind() {
    case .object: try readObject { _, reader in try reader.readStrings(string) }
    case .array: try readArray { reader in try reader.readStrings(string) }
    case .string: string(try readString())
    default: try skipValue()
    }
  }

  /// - Throws: `JSONFault.malformed` when anything but white space is left.
  package mutating func finish() throws(JSONFault) {
    skipWhitespace()
    guard position == bytes.count else { throw .malformed(at: position) }
  }
}

/// Why bytes could not be read as the JSON that was expected.
package enum JSONFault: Error, Equatable {
  /// No JSON, or nested too deep.
  case malformed(at: Int)
  /// JSON of another kind than the one wanted.
  case unexpected(JSONReader.Kind, at: Int)
}

extension JSONReader {
  private mutating func scanNumber() throws(JSONFault) -> ArraySlice<UInt8> {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try scanDigits() }
    if take(UInt8(ascii: ".")) { try scanDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try scanDigits()
    }
    return bytes[start..<position]
  }

  private mutating func scanDigits() throws(JSONFault) {
    let start = position
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
      position += 1
    }
    guard position > start else { throw .malformed(at: position) }
  }

  private mutating func readWord(_ word: StaticString) throws(JSONFault) {
    let length = word.utf8CodeUnitCount
    guard position + length <= bytes.count else { throw .malformed(at: position) }
    for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] {
      throw .malformed(at: position)
    }
    position += length
  }

  mutating func expect(_ wanted: Kind) throws(JSONFault) {
    let found = try nextKind()
    guard found == wanted else { throw .unexpected(found, at: position) }
  }

  private mutating func enter() throws(JSONFault) {
    position += 1
    depth += 1
    guard depth <= Self.deepest else { throw .malformed(at: position) }
  }

  private mutating func leave() {
    depth -= 1
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }
}
