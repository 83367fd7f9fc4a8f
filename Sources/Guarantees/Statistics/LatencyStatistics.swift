package import Evidence
import Worlds

/// How much slower one arm of a paired latency comparison is than the other, with an interval.
///
/// Quantiles are of Hyndman and Fan's type 7. The interval is a paired percentile bootstrap over
/// circular blocks of about the cube root of the number of pairs, so that what drifts slowly does
/// not make it too narrow; 90 %, two-sided, which makes two one-sided tests at 5 %. A message that
/// was not answered took for ever: it counts as infinite, and is never left out.
package enum LatencyStatistics {
  /// Below this many pairs no verdict is given.
  package static let fewestPairs = 100
  /// Below this many pairs the 95th percentile has no one-sided bound of 95 %: for controls.
  package static let fewestControlPairs = 59
  /// What a verdict rests on.
  package static let resamples = 10_000
  /// Enough to tell whether it is time to stop.
  package static let quickResamples = 1_000
  package static let median = 0.5
  package static let tail = 0.95

  /// What of an answer's time is compared; the provider's delay is taken away from either.
  package enum Figure: String, Sendable, CaseIterable {
    /// From the moment at which the question was due: what is judged.
    case responseTime
    /// From the moment at which it was sent: what a generator that waits for answers would tell.
    case serviceTime
  }

  /// A difference of quantiles, subject minus control, in milliseconds.
  package struct Interval: Sendable, Equatable {
    package var estimate: Double
    package var lower: Double
    package var upper: Double

    package init(estimate: Double, lower: Double, upper: Double) {
      self.estimate = estimate
      self.lower = lower
      self.upper = upper
    }
  }

  /// Of values in rising order; `values` may end in infinities.
  package static func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let place = Place(probability, count: values.count)
    return place.between(values[place.index], values[min(place.index + 1, values.count - 1)])
  }

  /// The interval of one quantile of the overhead (the time without the provider's share).
  package static func interval(
    _ pairs: [Event.LatencyPair],
    quantile: Double,
    seed: UInt64,
    resamples: Int = LatencyStatistics.resamples
  ) -> Interval {
    let all = intervals(pairs, quantiles: [quantile], seed: seed, resamples: resamples)
    return all.first ?? Interval(estimate: .nan, lower: .nan, upper: .nan)
  }

  /// The intervals of several quantiles out of the same resamples, in their order.
  package static func intervals(
    _ pairs: [Event.LatencyPair],
    quantiles: [Double],
    seed: UInt64,
    resamples: Int = LatencyStatistics.resamples,
    figure: Figure = .responseTime
  ) -> [Interval] {
    guard !pairs.isEmpty, resamples > 0 else { return [] }
    let subject = RankedSample(pairs.map { overhead($0.subject, figure) })
    let control = RankedSample(pairs.map { overhead($0.control, figure) })
    let places = quantiles.map { Place($0, count: pairs.count) }
    var bootstrap = BlockBootstrap(count: pairs.count, seed: seed)
    var differences: [[Double]] = Array(repeating: [], count: quantiles.count)
    var subjectValues: [Double] = Array(repeating: 0, count: quantiles.count)
    var controlValues = subjectValues
    for _ in 0..<resamples {
      bootstrap.draw()
      subject.quantiles(places, under: bootstrap.times, into: &subjectValues)
      control.quantiles(places, under: bootstrap.times, into: &controlValues)
      for index in quantiles.indices {
        differences[index].append(difference(subjectValues[index], controlValues[index]))
      }
    }
    return quantiles.indices.map { index in
      let sorted = differences[index].sorted()
      return Interval(
        estimate: difference(
          quantile(quantiles[index], ofSorted: subject.sorted),
          quantile(quantiles[index], ofSorted: control.sorted)
        ),
        lower: quantile(0.05, ofSorted: sorted),
        upper: quantile(0.95, ofSorted: sorted)
      )
    }
  }

  static func overhead(
    _ arm: Event.LatencyPair.Arm,
    _ figure: Figure = .responseTime
  ) -> Double {
    guard arm.answered else { return .infinity }
    switch figure {
    case .responseTime: return arm.overhead.milliseconds
    case .serviceTime: return (arm.overhead - arm.late).milliseconds
    }
  }

  /// Where both arms failed nothing can be said for the subject: that counts against it.
  private static func difference(_ subject: Double, _ control: Double) -> Double {
    subject == .infinity ? .infinity : subject - control
  }

  /// Where a quantile lies among values in order.
  struct Place {
    let index: Int
    let fraction: Double

    init(_ probability: Double, count: Int) {
      let position = probability * Double(count - 1)
      index = min(Int(position), count - 1)
      fraction = position - Double(index)
    }

    func between(_ low: Double, _ high: Double) -> Double {
      // An infinite neighbour must not turn into a NaN when it has no share.
      fraction == 0 || low == high ? low : low + fraction * (high - low)
    }
  }
}
