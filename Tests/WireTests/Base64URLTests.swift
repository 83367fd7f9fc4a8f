import Testing
import Wire

@Suite struct Base64URLTests {
  @Test(
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"), ("?>~", "Pz5-"), ("???", "Pz8_"),
    ])
  func `Known texts go there and back`(plain: String, text: String) {
    #expect(Base64URL.text(of: plain.utf8) == text)
    #expect(Base64URL.bytes(of: text.utf8) == Array(plain.utf8))
  }

  @Test func `All bytes go there and back at every length`() {
    let bytes = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for length in 0...bytes.count {
      let some = Array(bytes.prefix(length))
      #expect(Base64URL.bytes(of: Base64URL.text(of: some).utf8) == some)
    }
  }

  @Test(
    arguments: [
      // Bits left over.
      "Zh", "Zm9", "__", "AB",
      // A length that no bytes have.
      "Z", "Zm9vY", "A",
      // Padding, white space, the other alphabet, and beyond ASCII.
      "Zg==", "Zm8=", "=", " Zg", "Zg\n", "Pz5+", "Pz8/", "Zm9é", "Zm9v\u{0}",
    ])
  func `There is one text for each byte string`(text: String) {
    #expect(Base64URL.bytes(of: text.utf8) == nil)
  }
}
