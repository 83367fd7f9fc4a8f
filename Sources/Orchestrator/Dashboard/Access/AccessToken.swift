import Crypto
import Foundation

/// A value that nobody can guess: 256 bits of the system's own randomness. The world's randomness
/// is no source for it, since that follows from a seed by design.
struct AccessToken: Sendable {
  let text: String

  init() {
    text = SymmetricKey(size: .bits256).withUnsafeBytes { Self.hex($0) }
  }

  /// Nil for what cannot be one.
  init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isHexDigit) else { return nil }
    self.text = text
  }

  /// What is stored of it.
  var storedHash: String {
    Self.hex(SHA256.hash(data: Data(text.utf8)))
  }

  /// What the forms of a page carry: known to whoever has been given the page, and to no other
  /// site's page.
  var formToken: String {
    let key = SymmetricKey(data: Data(text.utf8))
    return Self.hex(HMAC<SHA256>.authenticationCode(for: Data("form".utf8), using: key))
  }

  func accepts(formToken given: String?) -> Bool {
    let given = Array((given ?? "").utf8)
    let wanted = Array(formToken.utf8)
    guard given.count == wanted.count else { return false }
    var difference: UInt8 = 0
    for index in wanted.indices { difference |= wanted[index] ^ given[index] }
    return difference == 0
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
