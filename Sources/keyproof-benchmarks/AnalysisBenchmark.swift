import Evidence
import Foundation
import Guarantees

/// The checkers over a history, and the same history as a file.
struct AnalysisBenchmark {
  let rows: [Table.Row]

  /// - Throws: what the file system throws.
  init(history: History, directory: URL) throws {
    let events = Double(history.events.count)
    let judging = Self.time { _ = Judge().findings(in: history) }
    let file = directory.appendingPathComponent("evidence.jsonl")
    var bytes = 0
    let writing = try Self.time {
      try Data().write(to: file)
      let handle = try FileHandle(forWritingTo: file)
      bytes = 0
      try EvidenceLog.write(history) { piece in
        bytes += piece.count
        try handle.write(contentsOf: piece)
      }
      try handle.close()
    }
    rows = [
      .init(
        name: "events checked a second",
        value: (events / judging).text(),
        note: "all \(Catalogue.guarantees.count) guarantees together"
      ),
      .init(
        name: "events written a second",
        value: (events / writing).text(),
        note: "\((Double(bytes) / writing / 1e6).text()) MB/s, to a file"
      ),
    ]
  }

  /// Seconds of one pass: the mean of as many as fill a second, after one that is not counted.
  private static func time(_ body: () throws -> Void) rethrows -> Double {
    try body()
    var passes = 0
    let begin = ContinuousClock.now
    repeat {
      try body()
      passes += 1
    } while ContinuousClock.now - begin < .seconds(1)
    return (ContinuousClock.now - begin).seconds / Double(passes)
  }
}
