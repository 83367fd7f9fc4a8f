import Evidence
package import Foundation
import GRDB
package import Guarantees
import Worlds

/// A report's evidence and verdicts as an SQLite database, for questions that no report answers.
/// Made of the report and never its source: verdicts rest on the logs.
package struct EvidenceDatabase {
  /// Rises with every change that a query would notice; the file's `user_version`.
  package static let version = 1
  /// `KPRO`: the file's `application_id`, by which one is known that may be replaced.
  static let application = 0x4B50_524F

  private let run: RunResult

  /// - Parameter run: as a verified report gives it.
  package init(_ run: RunResult) {
    self.run = run
  }

  /// The same run gives the same rows in the same order.
  ///
  /// - Throws: `ReportFailure` when something else stands there, or nothing can be written. What
  ///   stood there is as it was then.
  package func write(to file: URL) throws {
    try Self.checkReplaceable(file)
    let fresh = file.deletingLastPathComponent()
      .appending(path: ".\(file.lastPathComponent).\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: fresh) }
    do {
      var configuration = Configuration()
      // Nobody reads it before it is whole, and then it is renamed.
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let queue = try DatabaseQueue(path: fresh.path, configuration: configuration)
      try queue.write { database in
        try database.execute(sql: EvidenceSchema.text)
        try fill(database)
      }
      try queue.close()
    } catch {
      throw ReportFailure.unwritable(path: file.path, reason: "\(error)")
    }
    guard rename(fresh.path, file.path) == 0 else {
      throw ReportFailure.unwritable(path: file.path, reason: String(cString: strerror(errno)))
    }
  }

  private static func checkReplaceable(_ file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let handle = try? FileHandle(forReadingFrom: file)
    defer { try? handle?.close() }
    // The number stands at byte 68 of the file's head, most significant byte first.
    let head = (try? handle?.read(upToCount: 72)) ?? Data()
    let number = head.count == 72 ? head.suffix(4).reduce(0) { $0 << 8 | Int($1) } : 0
    guard number == application else { throw ReportFailure.occupied(path: file.path) }
  }

  private func fill(_ database: Database) throws {
    let digest = RunDigest(run: run, catalogue: [])
    try database.execute(
      sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        run.subject, String(run.seed), run.challenge, run.toolVersion, digest.evidenceRoot,
        run.exitStatus.name, run.exitStatus.rawValue,
      ]
    )
    for promise in run.guarantees {
      try database.execute(
        sql: "INSERT INTO promise VALUES (?, ?, ?, ?)",
        arguments: [
          promise.guarantee, promise.verdict.rawValue, promise.isWaived, promise.sentence,
        ]
      )
    }
    for scenario in digest.scenarios { try fill(database, with: scenario) }
  }

  private func fill(_ database: Database, with scenario: ScenarioDigest) throws {
    let result = scenario.result
    let facts = result.history?.facts
    try database.execute(
      sql: "INSERT INTO scenario VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        scenario.number, result.file, result.family, result.title,
        ReportDocument.Ending(result.ending).kind, facts?.world.rawValue, facts?.vendor,
        facts?.startedAt.nanoseconds, scenario.evidenceName, result.seal?.root,
      ]
    )
    for found in result.findings {
      try database.execute(
        sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          scenario.number, found.guarantee, result.shows.contains(found.guarantee),
          found.finding.verdict.rawValue, found.waiver != nil, found.finding.sentence,
        ]
      )
      for (role, witness) in found.finding.witnesses?.distinct ?? [] {
        for event in witness.events {
          try database.execute(
            sql: "INSERT INTO witness VALUES (?, ?, ?, ?)",
            arguments: [scenario.number, found.guarantee, role, event]
          )
        }
      }
    }
    let insert = try database.makeStatement(sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?)")
    let lines = EventLines()
    for event in result.history?.events ?? [] {
      let line = try lines.line(of: event)
      try insert.execute(
        arguments: [scenario.number, event.id, event.at.nanoseconds, line.kind, line.payload]
      )
    }
  }
}
