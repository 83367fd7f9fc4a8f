import Foundation
import Providers
import Testing
import Worlds

@testable import Conductor

/// What takes the place of a secret's words has their shape, and says something else.
@Suite struct OtherWordsTests {
  private let words = OtherWords(randomness: Randomness(seed: 3))

  @Test func shapeStaysAndWordsGo() {
    let text =
      "# Salary bands\n\n| B2 | 38,400 to 46,000 | [kd-0123456789abcdef0123]\n\nAsk Mr O’Neill!"
    let marker = "kd-0123456789abcdef0123"
    let other = words.text(text, named: "a", marker: marker)
    #expect(other != text)
    #expect(other.contains(marker))
    #expect(shape(other) == shape(text))
    for word in ["Salary", "bands", "38,400", "Neill"] { #expect(!other.contains(word)) }
    #expect(words.text(text, named: "a", marker: marker) == other)
    #expect(words.text(text, named: "b", marker: marker) != other)
  }

  @Test func identifiersKeepTheirAlphabet() {
    let key = words.identifier("sk-proj-mock-aB3dE6", named: "k", prefix: 13)
    #expect(key.hasPrefix("sk-proj-mock-"))
    #expect(shape(key) == shape("sk-proj-mock-aB3dE6"))
    #expect(!zip(key, "sk-proj-mock-aB3dE6").dropFirst(13).contains { $0 == $1 })
    let marker = words.identifier("kd-00ff", named: "m", prefix: 3)
    #expect(marker.dropFirst(3).allSatisfy { $0.isHexDigit })
  }

  /// Of the library's own documents: as many tokens as before.
  @Test func tokensStayTheSame() throws {
    let folder = Bench.root.appending(path: "Scenarios/knowledge/hr-handbook")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let other = words.text(text, named: name)
      #expect(TokenEstimate.count(other) == TokenEstimate.count(text), "\(name)")
    }
  }

  private func shape(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39: 0x30
      case 0x41...0x5a: 0x41
      case 0x61...0x7a: 0x61
      default: byte
      }
    }
  }
}
