/// Looks for the markers of documents and questions by their shape: what is written of a run may
/// name them by their ids, and hold none of their values. There may be a million of them, so that
/// no list is kept.
package enum CanarySearch {
  /// Of a marker: `kd-` or `kq-` and twenty hexadecimal digits.
  package static let digitCount = 20
  static let length = digitCount + 3

  /// The value of a marker of this kind.
  package static func marker(_ kind: Canary.Kind, digits: String) -> String {
    (kind == .document ? "kd-" : "kq-") + digits
  }

  /// Whether a marker stands in the bytes: in the clear, reversed, of two bytes a character,
  /// escaped, in hexadecimal digits, or in base64.
  package static func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
    if stands(in: bytes) || standsEncoded(in: bytes) { return true }
    if let unescaped = Unescaped(bytes), stands(in: unescaped.bytes) { return true }
    guard bytes.contains(0) else { return false }
    let narrow: [UInt8] = bytes.filter { $0 != 0 }
    return stands(in: narrow)
  }

  /// The text with a word in place of each marker that stands there in the clear.
  package static func redacted(_ text: String) -> String {
    var bytes = Array(text.utf8)
    var place = 0
    var isChanged = false
    while place + length <= bytes.count {
      let isFound = bytes.withUnsafeBytes { buffer in isMarker(buffer, at: place) }
      if isFound {
        bytes.replaceSubrange(place..<place + length, with: Array("[marker]".utf8))
        isChanged = true
      }
      place += 1
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }

  private static func stands(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in stands(in: buffer) }
  }

  private static func stands(in bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    while let dash = bytes.firstPlace(of: UInt8(ascii: "-"), from: place) {
      if isMarker(bytes, at: dash - 2) || isReversedMarker(bytes, at: dash - digitCount) {
        return true
      }
      place = dash + 1
    }
    return false
  }

  private static func isMarker(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard place >= 0, place + length <= bytes.count, bytes[place] == UInt8(ascii: "k"),
      isKind(bytes[place + 1]), bytes[place + 2] == UInt8(ascii: "-")
    else { return false }
    return bytes[(place + 3)..<(place + length)].allSatisfy(isDigit)
  }

  private static func isReversedMarker(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard place >= 0, place + length <= bytes.count,
      bytes[place + length - 1] == UInt8(ascii: "k"), isKind(bytes[place + length - 2])
    else { return false }
    return bytes[place..<place + digitCount].allSatisfy(isDigit)
  }

  private static func isKind(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "d") || byte == UInt8(ascii: "q")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Every run of characters of an encoding that is long enough for a marker, decoded from each
  /// place at which a group can begin.
  private static func standsEncoded(in bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    for place in 0...bytes.count {
      if place < bytes.count, values[Int(bytes[place])] >= 0 { continue }
      // A marker of 23 bytes has at least 30 characters of base64 that belong to it alone.
      if place - start >= 30 {
        let run = UnsafeRawBufferPointer(rebasing: bytes[start..<place])
        // Hexadecimal digits alone are no marker in base64: its first character needs others.
        let isHexadecimal = run.allSatisfy { hexadecimal[Int($0)] >= 0 }
        let bits = isHexadecimal ? 4 : 6
        for offset in 0..<4 where stands(in: unpacked(run.dropFirst(offset), bits: bits)) {
          return true
        }
      }
      start = place + 1
    }
    return false
  }

  private static func unpacked(_ characters: Slice<UnsafeRawBufferPointer>, bits: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count * bits / 8 + 1)
    var gathered: UInt32 = 0
    var count = 0
    for character in characters {
      let value = bits == 6 ? values[Int(character)] : hexadecimal[Int(character)]
      gathered = gathered << UInt32(bits) | UInt32(UInt8(bitPattern: max(0, value)))
      count += bits
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: gathered >> UInt32(count)))
    }
    return bytes
  }

  /// Six bits for each character of base64, of either alphabet; -1 for any other.
  private static let values = table(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  )
  private static let hexadecimal = table("0123456789abcdef", "0123456789ABCDEF")

  private static func table(_ alphabets: String...) -> [Int8] {
    var table = [Int8](repeating: -1, count: 256)
    for alphabet in alphabets {
      for (value, character) in alphabet.utf8.enumerated() { table[Int(character)] = Int8(value) }
    }
    return table
  }
}
