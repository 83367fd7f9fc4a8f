package import Evidence
import Worlds

/// Where the time of an answer went, in medians over answers, in milliseconds. What the vendor's
/// program and the chat platform took is what is left when the rest is taken away.
package struct AnswerSplit: Sendable, Equatable, Codable {
  /// The answers that it is made of.
  package var answers: Int
  package var vendor: Double
  /// Fetching the key: the price of custody outside of the vendor.
  package var manager: Double
  /// From the vendor to the provider and back, without the model.
  package var network: Double
  /// The delay of the provider's model.
  package var model: Double

  /// Nil where it was not measured.
  package init?(_ arms: [Event.LatencyPair.Arm]) {
    let measured = arms.compactMap { arm in
      arm.answered ? arm.spent.map { (arm: arm, spent: $0) } : nil
    }
    guard !measured.isEmpty else { return nil }
    answers = measured.count
    func median(_ of: (Event.LatencyPair.Arm, Event.LatencyPair.Spent) -> Duration) -> Double {
      let values = measured.map { of($0.arm, $0.spent).milliseconds }.sorted()
      return LatencyStatistics.quantile(LatencyStatistics.median, ofSorted: values)
    }
    vendor = median { $0.total - $1.provider - $1.manager }
    manager = median { $1.manager }
    network = median { $1.provider - $0.upstream }
    model = median { arm, _ in arm.upstream }
  }
}

/// How often each time was measured, in the buckets of an HDR histogram of three significant digits
/// (sub-buckets of 2,048): whoever has that library gets the same from the same values.
package struct LatencyHistogram: Sendable, Equatable {
  package struct Bucket: Sendable, Equatable, Codable {
    package var lowestNanoseconds: Int64
    package var highestNanoseconds: Int64
    package var count: Int
  }

  /// In rising order; none is empty.
  package private(set) var buckets: [Bucket] = []

  private static let subBucketBits = 11

  package init(_ values: [Duration]) {
    for value in values.map({ max(0, $0.nanoseconds) }).sorted() {
      if let last = buckets.last, value <= last.highestNanoseconds {
        buckets[buckets.count - 1].count += 1
        continue
      }
      let shift = max(0, Int64.bitWidth - value.leadingZeroBitCount - Self.subBucketBits)
      let lowest = (value >> shift) << shift
      buckets.append(
        Bucket(
          lowestNanoseconds: lowest,
          highestNanoseconds: lowest + (1 << shift) - 1,
          count: 1
        )
      )
    }
  }
}
