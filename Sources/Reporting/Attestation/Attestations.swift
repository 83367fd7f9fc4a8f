import Evidence
import Foundation
import Guarantees

/// The files that a statement speaks of, by their digests.
struct AttestedFiles: Equatable {
  private(set) var digests: [String: String] = [:]

  mutating func add(_ name: String, _ bytes: Data) {
    add(name, digest: SHA256Text.of(bytes))
  }

  mutating func add(_ name: String, digest: String) { digests[name] = digest }

  var subjects: [ResourceDescriptor] {
    digests.keys.sorted().map { ResourceDescriptor(name: $0, sha256: digests[$0] ?? "") }
  }
}

struct ResourceDescriptor: Codable, Equatable {
  var name: String
  var digest: [String: String]

  init(name: String, sha256: String) {
    self.name = name
    digest = ["sha256": sha256]
  }
}

/// An in-toto statement, version 1.
struct Statement<Predicate: Encodable>: Encodable {
  var type = "https://in-toto.io/Statement/v1"
  var subject: [ResourceDescriptor]
  var predicateType: String
  var predicate: Predicate

  private enum CodingKeys: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }
}

/// What is said of a report under a signature: once in the common words for test results, and once
/// in ours, which know what was not decided.
struct Attestations {
  static let folder = "attestations"
  static let testResultFile = "\(folder)/test-result.dsse.json"
  static let verdictsFile = "\(folder)/verdicts.dsse.json"
  /// The key that they are signed with; by itself no proof of who holds it.
  static let signerFile = "\(folder)/signer.pem"

  private let digest: RunDigest
  private let subjects: AttestedFiles
  private let mergedFrom: [ShardStatement]

  /// - Parameter mergedFrom: the parts that the report was merged from; empty where it was not.
  init(digest: RunDigest, subjects: AttestedFiles, mergedFrom: [ShardStatement] = []) {
    self.digest = digest
    self.subjects = subjects
    self.mergedFrom = mergedFrom
  }

  /// Of each envelope's file the statement in it.
  func payloads() throws -> [(name: String, payload: Data)] {
    [
      (Self.testResultFile, try Self.encoded(testResult)),
      (Self.verdictsFile, try Self.encoded(verdicts)),
    ]
  }

  func files(signedBy key: SigningKey) throws -> [(name: String, bytes: Data)] {
    try payloads().map { name, payload in
      (name, try JSONBytes.encode(Envelope(payload, signedBy: key)))
    } + [(Self.signerFile, key.verifying.pem)]
  }

  private static func encoded(_ statement: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(statement)
  }

  private var testResult: Statement<TestResult> {
    func names(_ verdict: Verdict) -> [String] {
      digest.run.guarantees.filter { $0.weighs && $0.verdict == verdict }.map(\.guarantee)
    }
    let undecided = names(.inconclusive)
    let result =
      switch digest.run.exitStatus {
      case .held: undecided.isEmpty ? "PASSED" : "WARNED"
      case .inconclusive: "WARNED"
      default: "FAILED"
      }
    return Statement(
      subject: subjects.subjects,
      predicateType: TestResult.type,
      predicate: TestResult(
        result: result,
        configuration: digest.inputs.map {
          ResourceDescriptor(name: $0.path, sha256: SHA256Text.of(Data($0.text.utf8)))
        },
        passedTests: names(.held),
        warnedTests: undecided,
        failedTests: names(.violated)
      )
    )
  }

  private var verdicts: Statement<Verdicts> {
    let run = digest.run
    return Statement(
      subject: subjects.subjects,
      predicateType: Verdicts.type,
      predicate: Verdicts(
        subject: run.subject,
        seed: String(run.seed),
        challenge: run.challenge,
        toolVersion: run.toolVersion,
        status: run.exitStatus.name,
        evidenceRoot: digest.evidenceRoot,
        verdicts: run.guarantees.reduce(into: [:]) { $0[$1.guarantee] = $1.verdict },
        shard: run.shard?.description,
        mergedFrom: mergedFrom.isEmpty ? nil : mergedFrom.map(MergedPart.init),
        waived: run.waiverList.map { _ in run.guarantees.filter(\.isWaived).map(\.guarantee) },
        proves: ProofNotes.signature
      )
    )
  }
}

/// https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
private struct TestResult: Encodable {
  static let type = "https://in-toto.io/attestation/test-result/v0.1"

  var result: String
  var configuration: [ResourceDescriptor]
  var passedTests: [String]
  var warnedTests: [String]
  var failedTests: [String]
}

/// Of a merged report: whose word one of its parts rests on.
private struct MergedPart: Encodable {
  var shard: String
  /// The id of the key that signed it.
  var signer: String
  var evidenceRoot: String
  /// Digest of the statement, which stands in the report's folder `shards`.
  var statement: String

  init(_ statement: ShardStatement) {
    shard = statement.shard.description
    signer = statement.signer
    evidenceRoot = statement.evidenceRoot
    self.statement = statement.payloadDigest
  }
}

/// A predicate of ours: verdicts as they are, three-valued.
private struct Verdicts: Encodable {
  static let type = "urn:keyproof:attestation:verdicts:v1"

  var subject: String
  var seed: String
  var challenge: String?
  var toolVersion: String
  var status: String
  var evidenceRoot: String
  var verdicts: [String: Verdict]
  /// Which part of a run it is, as `2/8`; absent for a whole one.
  var shard: String?
  /// Who played which part of it; absent where the signer played all.
  var mergedFrom: [MergedPart]?
  /// Of the violated ones those that are excused; absent where the run had no waivers.
  var waived: [String]?
  var proves: String
}
