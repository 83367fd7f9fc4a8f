import Foundation

/// Bytes without the escapes of URLs (`%41`) and of JSON (`\u0041`).
struct Unescaped {
  var bytes: [UInt8]
  /// What the evidence calls the form that was undone.
  var name: String

  /// Nil where nothing is escaped, which is told at the speed of a search for one byte.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let percent = Self.contains(UInt8(ascii: "%"), in: bytes, followedBy: Self.percentEscape)
    let json = Self.contains(UInt8(ascii: "\\"), in: bytes, followedBy: Self.jsonEscape)
    guard percent || json else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "%"), let value = Self.percentEscape(bytes, position) {
        plain.append(value)
        position += 3
      } else if byte == UInt8(ascii: "\\"), let value = Self.jsonEscape(bytes, position) {
        plain.append(value)
        position += 6
      } else {
        plain.append(byte)
        position += 1
      }
    }
    self.bytes = plain
    name = json ? "json" : "percent"
  }

  private static func percentEscape(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt8? {
    guard position + 2 < bytes.count, let high = KeyForm.hexDigit(bytes[position + 1]),
      let low = KeyForm.hexDigit(bytes[position + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func jsonEscape(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt8? {
    guard position + 5 < bytes.count, bytes[position + 1] == UInt8(ascii: "u"),
      bytes[position + 2] == UInt8(ascii: "0"), bytes[position + 3] == UInt8(ascii: "0"),
      let high = KeyForm.hexDigit(bytes[position + 4]),
      let low = KeyForm.hexDigit(bytes[position + 5])
    else { return nil }
    return high << 4 | low
  }

  private static func contains(
    _ byte: UInt8,
    in bytes: UnsafeRawBufferPointer,
    followedBy escape: (UnsafeRawBufferPointer, Int) -> UInt8?
  ) -> Bool {
    var position = 0
    while let next = bytes.firstPlace(of: byte, from: position) {
      if escape(bytes, next) != nil { return true }
      position = next + 1
    }
    return false
  }
}

extension UnsafeRawBufferPointer {
  /// The next place of a byte, by the system's own search.
  func firstPlace(of byte: UInt8, from position: Int) -> Int? {
    guard let base = baseAddress, position < count else { return nil }
    guard let found = memchr(base + position, Int32(byte), count - position) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
