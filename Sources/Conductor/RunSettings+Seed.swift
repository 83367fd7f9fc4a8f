import Crypto
import Evidence
import Foundation
import ScenarioFiles
import Worlds

extension RunSettings {
  /// All randomness of the run. A challenge makes it one that nobody could choose beforehand.
  var randomness: Randomness { Randomness(seed: Self.mixed(seed, with: challenge)) }

  /// The first eight bytes, big-endian, of SHA-256 over `keyproof-challenge/1`, the seed in
  /// decimal digits and the text, each but the last ended by a line feed. Without a challenge the
  /// seed itself.
  package static func mixed(_ seed: UInt64, with challenge: String?) -> UInt64 {
    guard let challenge else { return seed }
    let digest = SHA256.hash(data: Data("keyproof-challenge/1\n\(seed)\n\(challenge)".utf8))
    return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Keys have other fingerprints in every run of another seed.
  var fingerprintSalt: String { "run-\(Self.mixed(seed, with: challenge))" }
}

extension Facts.Input {
  init(_ input: ScenarioInput) {
    let digest = SHA256.hash(data: Data(input.text.utf8))
    self.init(
      path: input.path,
      sha256: digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    )
  }
}
