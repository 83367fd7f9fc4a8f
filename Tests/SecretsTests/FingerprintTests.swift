import Foundation
import Secrets
import Testing

@Suite struct FingerprintTests {
  private let key = Secret("sk-proj-mock-5f0c2b7d9e1a4c6b")

  @Test func equalKeysHaveEqualFingerprintsUnderOneSalt() {
    let first = Fingerprinter(salt: "run-1").fingerprint(of: key)
    let again = Fingerprinter(salt: "run-1").fingerprint(
      of: Secret("sk-proj-mock-5f0c2b7d9e1a4c6b")
    )
    #expect(first == again)
  }

  /// Kept in evidence, so it may differ neither between machines nor between versions.
  @Test func aFingerprintIsTwelveHexadecimalDigits() {
    let fingerprint = Fingerprinter(salt: "run-1").fingerprint(of: key).description
    #expect(fingerprint.count == 12)
    #expect(fingerprint.allSatisfy { "0123456789abcdef".contains($0) })
    #expect(fingerprint == "45fdd3568bd9")
  }

  @Test func anotherSaltGivesAnotherFingerprint() {
    #expect(
      Fingerprinter(salt: "run-1").fingerprint(of: key)
        != Fingerprinter(salt: "run-2").fingerprint(of: key)
    )
  }

  @Test func keysThatDifferInOneCharacterAreFarApart() {
    let fingerprinter = Fingerprinter(salt: "run-1")
    let fingerprints = (0..<1_000).map { fingerprinter.fingerprint(of: Secret("key-\($0)")) }
    #expect(Set(fingerprints).count == 1_000)
  }

  @Test func itIsEncodedAsItsText() throws {
    let fingerprint = Fingerprinter(salt: "run-1").fingerprint(of: key)
    let data = try JSONEncoder().encode([fingerprint])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(fingerprint)\"]")
    #expect(try JSONDecoder().decode([Fingerprint].self, from: data) == [fingerprint])
  }
}
