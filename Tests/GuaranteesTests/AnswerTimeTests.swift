import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct AnswerTimeTests {
  private func arm(_ manager: Int64?, answered: Bool = true) -> Event.LatencyPair.Arm {
    Event.LatencyPair.Arm(
      intended: Timestamp(nanoseconds: 0),
      total: .milliseconds(100),
      upstream: .milliseconds(50),
      requests: 5,
      requestBytes: 500,
      answered: answered,
      spent: manager.map { .init(manager: .milliseconds($0), provider: .milliseconds(60)) }
    )
  }

  @Test func theTimeOfAnAnswerIsSplitWithoutARest() throws {
    let split = try #require(
      AnswerSplit([arm(5), arm(7), arm(30), arm(nil), arm(99, answered: false)])
    )
    #expect(split.answers == 3)
    #expect(split.model == 50)
    #expect(split.network == 10)
    #expect(split.manager == 7)
    #expect(split.vendor == 33)
    #expect(AnswerSplit([arm(nil)]) == nil)
    #expect(AnswerSplit([]) == nil)
  }

  @Test func bucketsAreThoseOfAnHDRHistogramOfThreeDigits() {
    func buckets(_ values: [Int64]) -> [[Int64]] {
      LatencyHistogram(values.map { .nanoseconds($0) }).buckets
        .map { [$0.lowestNanoseconds, $0.highestNanoseconds, Int64($0.count)] }
    }
    // Up to 2,047 each value has its own; from there on two share one, then four, ...
    #expect(buckets([2_047, 0, 2_047]) == [[0, 0, 1], [2_047, 2_047, 2]])
    #expect(buckets([2_048, 2_049, 2_050]) == [[2_048, 2_049, 2], [2_050, 2_051, 1]])
    #expect(buckets([4_095, 4_096, 4_099]) == [[4_094, 4_095, 1], [4_096, 4_099, 2]])
    #expect(buckets([20_000_000]) == [[19_988_480, 20_004_863, 1]])
    #expect(buckets([]).isEmpty)
  }
}
