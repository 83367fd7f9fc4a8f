import Foundation

/// Bytes without one layer of the escapes of URLs (`%41`) and of JSON (`\u0041`; `\\` of JSON that
/// stands in JSON).
struct Unescaped {
  var bytes: [UInt8]
  /// What the evidence calls the form that was undone.
  var name: String

  /// Nil where nothing is escaped, which is told at the speed of a search for one byte.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let percent = Self.hasPercentEscape(bytes)
    let json = Self.hasJSONEscape(bytes)
    guard percent || json else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var position = 0
    var nextPercent = 0
    var nextBackslash = 0
    // A vendor's whole disk comes this way: what stands between two marks is copied at once.
    while position < bytes.count {
      if nextPercent <= position {
        nextPercent = bytes.firstPlace(of: UInt8(ascii: "%"), from: position) ?? bytes.count
      }
      if nextBackslash <= position {
        nextBackslash = bytes.firstPlace(of: UInt8(ascii: "\\"), from: position) ?? bytes.count
      }
      let mark = min(nextPercent, nextBackslash)
      plain.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[position..<mark]))
      position = mark
      guard mark < bytes.count else { break }
      if mark == nextPercent, let value = Self.percentEscape(bytes, mark) {
        plain.append(value)
        position += 3
      } else if mark == nextBackslash, let value = Self.jsonEscape(bytes, mark) {
        plain.append(value)
        position += 6
      } else if mark == nextBackslash, json, mark + 1 < bytes.count, Self.isDoubled(bytes, mark) {
        plain.append(bytes[mark + 1])
        position += 2
      } else {
        plain.append(bytes[mark])
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

  /// `\\`, `\/` and `\"`.
  private static func isDoubled(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    let next = bytes[position + 1]
    return next == UInt8(ascii: "\\") || next == UInt8(ascii: "/") || next == UInt8(ascii: "\"")
  }

  private static func hasPercentEscape(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while let next = bytes.firstPlace(of: UInt8(ascii: "%"), from: position) {
      if percentEscape(bytes, next) != nil { return true }
      position = next + 1
    }
    return false
  }

  /// Bodies are full of backslashes, so eight places at a time are asked for one before a `u`.
  private static func hasJSONEscape(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let backslashes = ones &* UInt64(UInt8(ascii: "\\"))
    let letters = ones &* UInt64(UInt8(ascii: "u"))
    var position = 0
    while position + 9 <= bytes.count {
      let here = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let next = bytes.loadUnaligned(fromByteOffset: position + 1, as: UInt64.self)
      // A byte of this is nought where both fit.
      let misfit = (here ^ backslashes) | (next ^ letters)
      if (misfit &- ones) & ~misfit & (ones &* 0x80) != 0,
        (position..<position + 8).contains(where: { isJSONEscape(bytes, $0) })
      {
        return true
      }
      position += 8
    }
    return (position..<bytes.count).contains { isJSONEscape(bytes, $0) }
  }

  private static func isJSONEscape(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    bytes[position] == UInt8(ascii: "\\") && jsonEscape(bytes, position) != nil
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
