/// Base64url without padding (RFC 7515, section 2).
package enum Base64URL {
  package static func text(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.append(base64URL: bytes)
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for whatever `text(of:)` would not have written: a foreign character, padding, a length
  /// that no bytes have, or bits left over. So there is one text for each byte string, and a token
  /// cannot be changed without changing what it says.
  package static func bytes(of text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 2)
    var pending = 0
    var pendingBits = 0
    for character in text {
      guard let value = value(of: character) else { return nil }
      pending = pending << 6 | value
      pendingBits += 6
      guard pendingBits >= 8 else { continue }
      pendingBits -= 8
      bytes.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
      pending &= 1 << pendingBits - 1
    }
    return pendingBits < 6 && pending == 0 ? bytes : nil
  }

  private static func value(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }

  fileprivate static let alphabet = [UInt8](
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )
}

extension [UInt8] {
  mutating func append(base64URL bytes: some Sequence<UInt8>) {
    let alphabet = Base64URL.alphabet
    var pending = 0
    var pendingBits = 0
    for byte in bytes {
      pending = pending << 8 | Int(byte)
      pendingBits += 8
      while pendingBits >= 6 {
        pendingBits -= 6
        append(alphabet[pending >> pendingBits])
        pending &= 1 << pendingBits - 1
      }
    }
    if pendingBits > 0 { append(alphabet[pending << (6 - pendingBits)]) }
  }
}
