import Foundation
import Guarantees

/// What the part of a run was signed with, kept in the report that it was merged into: whose word
/// each log rests on.
package struct ShardStatement: Sendable {
  static let folder = "shards"

  let shard: Shard
  /// The id of the key that signed it.
  let signer: String
  let evidenceRoot: String
  /// Of the statement itself.
  let payloadDigest: String
  /// The logs that it speaks of, with their digests.
  let evidence: [String: String]
  private let predicate: Predicate
  /// What the envelope holds: inside it no search would look as deep.
  let payload: Data
  private let envelope: Data
  private let pem: Data

  /// What of them is kept, by the names in a merged report.
  var files: [(name: String, bytes: Data)] {
    let name = "\(Self.folder)/\(shard.number)-of-\(shard.count)"
    return [("\(name).dsse.json", envelope), ("\(name).pem", pem)]
  }

  /// Of a report that is itself a part of a run.
  ///
  /// - Throws: `Misfit`.
  init(ofPart folder: BundleFolder) throws {
    try self.init(
      folder,
      envelope: Attestations.verdictsFile,
      pem: Attestations.signerFile
    )
  }

  private init(_ folder: BundleFolder, envelope name: String, pem: String) throws {
    envelope = try folder.read(name)
    self.pem = try folder.read(pem)
    let payload: Data
    let key: VerifyingKey
    do {
      key = try VerifyingKey(pem: self.pem)
      payload = try JSONDecoder().decode(Envelope.self, from: envelope).payload(signedBy: key)
    } catch let error as EnvelopeError {
      throw Misfit(name, "\(error)")
    } catch {
      throw Misfit(name, "it is no envelope with its key")
    }
    guard let statement = try? JSONDecoder().decode(Stated.self, from: payload),
      let shard = statement.predicate.shard.flatMap(Shard.init)
    else { throw Misfit(name, "it speaks of no part of a run") }
    self.shard = shard
    signer = key.id
    predicate = statement.predicate
    evidenceRoot = statement.predicate.evidenceRoot
    payloadDigest = SHA256Text.of(payload)
    self.payload = payload
    let prefix = StagedReport.evidenceFolder + "/"
    evidence = statement.subject.filter { $0.name.hasPrefix(prefix) }
      .reduce(into: [:]) { $0[$1.name] = $1.digest["sha256"] }
  }

  /// Those that a merged report keeps, in the order of their numbers; none in any other report.
  ///
  /// - Throws: `Misfit`.
  static func all(in folder: BundleFolder) throws -> [ShardStatement] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.url(Self.folder).path)
    return try (names ?? []).filter { $0.hasSuffix(".dsse.json") }.sorted().map { name in
      let stem = "\(Self.folder)/\(name.dropLast(".dsse.json".count))"
      return try ShardStatement(folder, envelope: "\(stem).dsse.json", pem: "\(stem).pem")
    }.sorted { $0.shard.number < $1.shard.number }
  }

  /// Whether they are all the parts of one run, and have signed for its logs, each log once.
  ///
  /// - Throws: `Misfit`.
  static func check(
    _ statements: [ShardStatement],
    against files: AttestedFiles,
    of run: RunResult
  ) throws {
    guard let count = statements.first?.shard.count else { return }
    guard statements.map(\.shard) == (1...count).compactMap({ Shard($0, of: count) }) else {
      throw Misfit(folder, "they are not the parts of one run, each once")
    }
    var open = files.digests.filter { $0.key.hasPrefix(StagedReport.evidenceFolder + "/") }
    for statement in statements {
      let name = statement.files[0].name
      guard statement.predicate.isOf(run) else {
        throw Misfit(name, "it is of another run: seed, challenge, version or vendor differ")
      }
      for (log, digest) in statement.evidence.sorted(by: { $0.key < $1.key }) {
        guard open.removeValue(forKey: log) == digest else {
          throw Misfit(name, "it has signed for another \(PlainText.line(log, limit: 200))")
        }
      }
    }
    if let log = open.keys.min() { throw Misfit(log, "no part of the run has signed for it") }
  }

  private struct Stated: Decodable {
    var subject: [ResourceDescriptor]
    var predicate: Predicate
  }

  private struct Predicate: Decodable {
    var subject: String
    var seed: String
    var challenge: String?
    var toolVersion: String
    var shard: String?
    var evidenceRoot: String

    func isOf(_ run: RunResult) -> Bool {
      subject == run.subject && seed == String(run.seed) && challenge == run.challenge
        && toolVersion == run.toolVersion
    }
  }
}
