import Evidence
import Foundation
import Secrets
import Testing

@Suite struct GzipTests {
  private let scanner = SurfaceScanner()

  init() {
    scanner.add(
      Secret("sk-proj-mock-Zx81kQpLm02Vt77Yb3RnW5aHc9Dq4Ee6Gf"),
      fingerprint: Fingerprint("a1")
    )
  }

  private func found(_ bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBytes { scanner.scanForKeys($0) }.map(\.encoding)
  }

  @Test func `A key in an archive is found, however it was packed and wherever it stands`() {
    #expect(found(GzipFixtures.dynamic) == ["gzip"])
    #expect(found(GzipFixtures.fixed) == ["gzip"])
    #expect(found(GzipFixtures.named) == ["part, gzip"])
    #expect(found(Array(repeating: 7, count: 13) + GzipFixtures.dynamic + [1, 2, 3]) == ["gzip"])
    #expect(found(GzipFixtures.nested) == ["gzip, gzip"])
  }

  /// Stored bytes stand in the archive as they are.
  @Test func `What was stored unpacked is found in the clear as well`() {
    #expect(found(GzipFixtures.stored) == ["plain", "gzip"])
  }

  @Test func `An archive without a key is clean`() {
    #expect(found(GzipFixtures.clean).isEmpty)
  }

  @Test func `An archive that was cut short is read as far as it goes, and damage is survived`() {
    #expect(found(GzipFixtures.dynamic.dropLast(12)) == ["gzip"])
    let whole = GzipFixtures.dynamic
    for length in stride(from: 0, through: whole.count, by: 3) {
      _ = found(Array(whole.prefix(length)))
      var damaged = whole
      if length < whole.count { damaged[length] ^= 0x5a }
      _ = found(damaged)
    }
  }

  private func found(_ bytes: ArraySlice<UInt8>) -> [String] { found(Array(bytes)) }
}
