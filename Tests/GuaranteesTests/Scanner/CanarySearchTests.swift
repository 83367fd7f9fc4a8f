import Evidence
import Foundation
import Testing

@Suite struct CanarySearchTests {
  private static let marker = CanarySearch.marker(.document, digits: "0123456789abcdef0123")

  private static func isFound(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes(CanarySearch.isFound)
  }

  private static func forms(of value: String) -> [[UInt8]] {
    let bytes = Array(value.utf8)
    let shifted = (0..<3).map { Array((String(repeating: "x", count: $0) + value + "yz").utf8) }
    return [
      bytes, bytes.reversed(), bytes.flatMap { [$0, 0] }, bytes.flatMap { [0, $0] },
      bytes.flatMap { Array(String($0, radix: 16).utf8) },
      bytes.flatMap { Array(String($0, radix: 16, uppercase: true).utf8) },
      bytes.flatMap { Array("%\(String($0, radix: 16))".utf8) },
      bytes.flatMap { Array("\\u00\(String($0, radix: 16))".utf8) },
    ] + shifted.map { Array(Data($0).base64EncodedString().utf8) }
  }

  @Test(arguments: 0..<11) func aMarkerIsFoundInEveryForm(index: Int) {
    for kind in [Canary.Kind.document, .question] {
      let marker = CanarySearch.marker(kind, digits: "fedcba98765432100123")
      let form = Self.forms(of: marker)[index]
      #expect(Self.isFound(form))
      #expect(Self.isFound(Array("{\"a\":\"".utf8) + form + Array("\"}".utf8)))
    }
  }

  @Test(arguments: [
    "", "kd-", "kd-0123456789abcdef012", "ke-0123456789abcdef0123", "kd-0123456789ABCDEF0123",
    "3f1c0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd", "question/12.1.ana",
    "cm-0123456789abcdef0123",
  ])
  func whatIsNoMarkerIsNone(text: String) {
    #expect(!Self.isFound(Array(text.utf8)))
  }

  @Test func aMarkerIsTakenOutOfWords() {
    let words = "You asked (ref \(Self.marker)), and \(Self.marker)."
    #expect(CanarySearch.redacted(words) == "You asked (ref [marker]), and [marker].")
    #expect(CanarySearch.redacted("ü kd-") == "ü kd-")
  }
}
