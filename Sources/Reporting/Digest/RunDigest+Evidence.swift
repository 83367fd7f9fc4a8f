import Crypto
import Evidence
import Foundation
import Guarantees

extension RunDigest {
  /// Stands for all evidence of the run: SHA-256 over a line `root file` for each log, in the order
  /// of the run.
  var evidenceRoot: String {
    let lines = scenarios.compactMap { scenario in
      scenario.evidenceName.map { "\(scenario.result.seal?.root ?? "") \($0)\n" }
    }
    return SHA256Text.of(Data(lines.joined().utf8))
  }

  /// The files of all stories, each once, by path.
  var inputs: [InputFile] {
    var files: [String: InputFile] = [:]
    for input in scenarios.flatMap(\.result.inputs) { files[input.path] = input }
    return files.keys.sorted().compactMap { files[$0] }
  }
}

/// Digests as text.
struct SHA256Text {
  private var hash = SHA256()

  mutating func add(_ bytes: Data) { hash.update(data: bytes) }

  /// Of all that was added.
  var text: String {
    hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static func of(_ bytes: Data) -> String {
    var digest = Self()
    digest.add(bytes)
    return digest.text
  }
}

/// What a reader of a report must know of its proof.
enum ProofNotes {
  static let signature =
    "The signature shows that these files were put together by whoever holds the key, and were not "
    + "changed since. It does not show that the run took place as told: whoever holds the key "
    + "could sign anything. Get the key's id from its holder on another way than with the report."
  static let evidence =
    "Verdicts can be worked out again from the evidence ('keyproof verify'), and stories of the "
    + "simulated world can be played again to the same bytes ('keyproof verify --rerun'). "
    + "Evidence of the loopback world cannot be had twice: it rests on the word of whoever ran it."
  static let sightings =
    "Verdicts that rest on sightings rest on what the harness found in files, prompts and replies "
    + "that it did not keep. A digest cannot show those places again; a rerun can."
}
