package import Foundation
package import Guarantees
import Worlds

/// Makes one report of the parts of a run: the whole of it, or none.
package struct ShardMerger {
  private let catalogue: [Guarantee]
  private let knownVendors: [String]

  package init(catalogue: [Guarantee], knownVendors: [String]) {
    self.catalogue = catalogue
    self.knownVendors = knownVendors
  }

  /// What was merged, ready to be written.
  package struct Merged {
    package var run: RunResult
    package var machine: MachineFacts
    package var shards: [ShardStatement]
    /// The logs by their names in the report, and where they stand.
    package var logs: [(name: String, file: URL)]

    /// Puts the logs into a report that is being made.
    ///
    /// - Throws: `ReportFailure`.
    package func copyLogs(into staged: StagedReport) throws {
      for (name, file) in logs {
        guard let bytes = try? Data(contentsOf: file, options: .alwaysMapped) else {
          throw ReportFailure.unwritable(path: name, reason: "the log of its part is gone")
        }
        try staged.write(bytes, to: name)
      }
    }
  }

  /// - Parameter directories: the reports of all parts, in any order.
  /// - Throws: `MergeRefusal`, with what is missing, doubled, of another run or does not fit.
  package func merge(_ directories: [URL]) throws -> Merged {
    var parts = try directories.map(part)
    guard let count = parts.first?.shard.count else { throw MergeRefusal("there is no report") }
    parts.sort { $0.shard.number < $1.shard.number }
    for (first, second) in zip(parts, parts.dropFirst()) where first.shard == second.shard {
      throw MergeRefusal("\(first.place) and \(second.place) are both part \(first.shard)")
    }
    if let stranger = parts.first(where: { $0.shard.count != count }) {
      throw MergeRefusal("\(stranger.place) is part \(stranger.shard), not one of \(count)")
    }
    let missing = (1...count).filter { number in
      !parts.contains { $0.shard.number == number }
    }
    guard missing.isEmpty else {
      let names = missing.map { "\($0)/\(count)" }.joined(separator: ", ")
      throw MergeRefusal(
        "not all parts are there: \(names) \(missing.count == 1 ? "is" : "are") "
          + "missing"
      )
    }
    for part in parts.dropFirst() { try compare(part, with: parts[0]) }
    return try merged(parts)
  }

  private struct Part {
    var place: String
    var folder: BundleFolder
    var shard: Shard
    var run: RunResult
    var statement: ShardStatement
    var machine: StatedMachine
  }

  private func part(_ directory: URL) throws -> Part {
    let place = PlainText.line(directory.relativePath, limit: 300)
    do {
      let run = try ReportVerifier(directory, catalogue: catalogue, knownVendors: knownVendors)
        .verify().run
      guard let shard = run.shard else {
        throw MergeRefusal("\(place) is a report of its own, and no part of a run")
      }
      let folder = BundleFolder(directory)
      return Part(
        place: place,
        folder: folder,
        shard: shard,
        run: run,
        statement: try ShardStatement(ofPart: folder),
        machine: try folder.decode("machine.json")
      )
    } catch let misfit as Misfit {
      throw MergeRefusal("\(place) does not fit its evidence: \(misfit)")
    } catch is IncompleteReport {
      throw MergeRefusal("\(place) is of a run that was ended before its end")
    }
  }

  private func compare(_ part: Part, with first: Part) throws {
    let (run, other) = (part.run, first.run)
    let pairs: [(String, Bool)] = [
      ("seed", run.seed == other.seed), ("challenge", run.challenge == other.challenge),
      ("version of Keyproof", run.toolVersion == other.toolVersion),
      ("vendor", run.subject == other.subject),
      ("promises that may stay undecided", run.allowedInconclusive == other.allowedInconclusive),
      ("waivers", run.waiverList?.text == other.waiverList?.text),
      ("calibration", run.calibration == other.calibration),
      ("scenarios", run.scenarios.map(Self.identity) == other.scenarios.map(Self.identity)),
    ]
    for (what, isSame) in pairs where !isSame {
      throw MergeRefusal("\(part.place) and \(first.place) differ: \(what)")
    }
  }

  /// What is the same of a story, whichever part plays it.
  private static func identity(_ scenario: ScenarioResult) -> [String] {
    [scenario.file, scenario.family, scenario.replay]
      + scenario.inputs.flatMap { [$0.path, $0.text] }
  }

  private func merged(_ parts: [Part]) throws -> Merged {
    var scenarios: [ScenarioResult] = []
    var logs: [(String, URL)] = []
    var names = EvidenceNames()
    for index in parts[0].run.scenarios.indices {
      let owner = try owner(of: index, among: parts)
      let scenario = owner.run.scenarios[index]
      let name = "\(StagedReport.evidenceFolder)/\(names.name(of: scenario)).jsonl"
      if scenario.ending == .played { logs.append((name, owner.folder.url(name))) }
      scenarios.append(scenario)
    }
    let first = parts[0].run
    var waivers = first.waiverList
    waivers?.day = parts.compactMap(\.run.waiverList?.day).max() ?? ""
    var run = Judge(
      guarantees: catalogue,
      allowedInconclusive: Set(first.allowedInconclusive),
      waivers: waivers
    ).run(
      subject: first.subject,
      seed: first.seed,
      challenge: first.challenge,
      scenarios: scenarios,
      calibration: first.calibration
    )
    run.toolVersion = first.toolVersion
    return Merged(
      run: run,
      machine: MachineFacts(merging: parts.map(\.machine), scenarios: scenarios.map(\.file)),
      shards: parts.map(\.statement),
      logs: logs
    )
  }

  /// The part that played a story, or where none did the first, which says why.
  private func owner(of index: Int, among parts: [Part]) throws -> Part {
    let file = parts[0].run.scenarios[index].file
    let own = parts.filter { !$0.run.scenarios[index].isElsewhere(of: parts.count) }
    guard let owner = own.first else { throw MergeRefusal("no part has played '\(file)'") }
    if own.count == 1 {
      let reason = owner.shard.reasonElsewhere
      let others = parts.filter { $0.shard != owner.shard }
      guard others.allSatisfy({ $0.run.scenarios[index].ending == .notRun(reason: reason) }) else {
        throw MergeRefusal("the parts do not agree on who plays '\(file)'")
      }
      return owner
    }
    guard own.count == parts.count, case .notRun = owner.run.scenarios[index].ending,
      own.allSatisfy({ $0.run.scenarios[index].ending == owner.run.scenarios[index].ending })
    else { throw MergeRefusal("'\(file)' was played by more than one part") }
    return owner
  }
}

/// Why reports could not be merged.
package struct MergeRefusal: Error, Equatable, CustomStringConvertible {
  package var description: String

  init(_ description: String) {
    self.description = description
  }
}
