import Evidence
import Foundation
import Guarantees
import Synchronization
import Testing
import Worlds

@testable import Conductor

/// The measure of a load generator: a service of ten milliseconds that stands still for two seconds
/// of a minute. Who waits for each answer sees one slow answer; who asks when questions are due
/// sees all that came to stand in the queue.
@Suite struct OpenLoopTests {
  /// Serves one at a time, and nobody in the standstill.
  private struct Service: Sendable {
    let standstill: ClosedRange<Timestamp>
    var freeAt = Timestamp(unixSeconds: 0)

    mutating func answer(comingAt now: Timestamp) -> Timestamp {
      var begin = max(now, freeAt)
      if standstill.contains(begin) { begin = standstill.upperBound }
      freeAt = begin + .milliseconds(10)
      return freeAt
    }
  }

  private static let begin = Timestamp(unixSeconds: 1_767_600_000)
  private static let every = Duration.milliseconds(20)
  private static let standstill = (begin + .seconds(30))...(begin + .seconds(32))

  private static func inVirtualTime(
    _ body: @escaping @Sendable (any WorldClock) async throws -> [Double]
  ) async throws -> [Double] {
    let settings = WorldSettings(
      startsAt: begin,
      seed: 1,
      directory: FileManager.default.temporaryDirectory,
      conditions: NetworkConditions()
    )
    let world = SimulatedWorld(settings)
    return try await onOwnThread { try world.play { try await body(world.clock) } }.sorted()
  }

  @Test func aStallIsSeenByAllWhoComeDuringIt() async throws {
    let times = try await Self.inVirtualTime { clock in
      let service = Mutex(Service(standstill: Self.standstill))
      let times = Mutex<[Double]>([])
      let due = (0..<3_000).map { Self.begin + Self.every * $0 }
      try await OpenLoop(clock: clock).run(due.map { (due: $0, item: $0) }) { due, now in
        #expect(now == due)
        let answer = service.withLock { $0.answer(comingAt: now) }
        try? await clock.sleep(until: answer)
        times.withLock { $0.append((clock.now - due).milliseconds) }
      }
      return times.withLock { $0 }
    }
    #expect(times.count == 3_000)
    #expect(LatencyStatistics.quantile(0.5, ofSorted: times) == 10)
    #expect((505...515).contains(LatencyStatistics.quantile(0.95, ofSorted: times)))
    #expect((1_700...1_720).contains(LatencyStatistics.quantile(0.99, ofSorted: times)))
  }

  @Test func whoWaitsForAnswersSeesNothingOfIt() async throws {
    let times = try await Self.inVirtualTime { clock in
      var service = Service(standstill: Self.standstill)
      var times: [Double] = []
      while clock.now < Self.begin + .seconds(60) {
        let sent = clock.now
        try await clock.sleep(until: service.answer(comingAt: sent))
        times.append((clock.now - sent).milliseconds)
        try await clock.sleep(until: sent + Self.every)
      }
      return times
    }
    #expect(LatencyStatistics.quantile(0.99, ofSorted: times) == 10)
    #expect((times.last ?? 0) > 1_900)
  }
}
