import Conductor
import Foundation
import Worlds

/// The time that the vendor adds to the model's, at the median.
struct OverheadBenchmark: Sendable {
  static let warmUp = 50
  static let explanation = """
    The added time is the median of a whole question less the medians of the two direct calls.
    It holds all that the vendor does for a question and every other HTTP exchange of it: the
    platform's delivery, the check of its token, the directory, the
    journal and the search on disk, the key's unsealing, and the reply through the connector.
    The direct calls are the very requests that the vendor sent for that question, sent to the
    same mock in the same round; the mock's model waits for nothing.
    """

  let rows: [Table.Row]

  /// - Throws: `ConductorError`, or what the network throws.
  init(rounds count: Int, settings: RunSettings) async throws {
    let measurement = OverheadMeasurement(
      in: BenchmarkWorld.steadyTraffic(messages: 1),
      run: settings,
      rounds: count,
      warmUp: Self.warmUp
    )
    let rounds = try await onOwnThread { try measurement.measure() }
    let question = Self.median(rounds.map(\.question))
    let chat = Self.median(rounds.map(\.chat))
    let embedding = Self.median(rounds.map(\.embedding))
    let added = question - chat - embedding
    let direct = chat + embedding
    let exchanges = rounds.map(\.exchanges).sorted()
    rows = [
      .init(name: "question", value: Self.text(question), note: "median of \(count)"),
      .init(name: "direct chat completion", value: Self.text(chat), note: "streamed, ten chunks"),
      .init(name: "direct embeddings call", value: Self.text(embedding)),
      .init(
        name: "added by the vendor",
        value: Self.text(added),
        note: "\((added.seconds / direct.seconds).text(2)) times the direct calls"
      ),
      .init(
        name: "exchanges of the vendor",
        value: "\(exchanges[exchanges.count / 2])",
        note: "a question, the two model calls included"
      ),
    ]
  }

  private static func median(_ durations: [Duration]) -> Duration {
    let sorted = durations.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  private static func text(_ duration: Duration) -> String {
    duration.milliseconds.text(3) + " ms"
  }
}
