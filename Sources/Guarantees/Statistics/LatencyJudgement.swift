package import Evidence
import Worlds

/// What a comparison's pairs say, against margins that were fixed before: the one rule for the
/// checker and for whoever decides whether to take more pairs.
package struct LatencyJudgement: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    /// The interval lies within the margin on both sides.
    case equivalent
    /// Not slower than by the margin; faster perhaps.
    case notInferior
    /// The interval lies wholly beyond the margin.
    case slower
    /// It reaches across the margin: more pairs are needed.
    case open
  }

  /// One quantile with its margin, in milliseconds.
  package struct Part: Sendable, Equatable {
    package var quantile: Double
    package var margin: Double
    package var interval: LatencyStatistics.Interval

    package var outcome: Outcome {
      if interval.lower > margin { return .slower }
      guard interval.upper <= margin else { return .open }
      return interval.lower >= -margin ? .equivalent : .notInferior
    }
  }

  package var pairs: Int
  package var parts: [Part]

  /// - Parameter resamples: `LatencyStatistics.quickResamples` while pairs are still being taken.
  package init(
    _ pairs: [Event.LatencyPair],
    medianMargin: Duration,
    tailMargin: Duration,
    seed: UInt64,
    resamples: Int = LatencyStatistics.resamples,
    figure: LatencyStatistics.Figure = .responseTime
  ) {
    self.pairs = pairs.count
    let quantiles = [LatencyStatistics.median, LatencyStatistics.tail]
    let margins = [medianMargin.milliseconds, tailMargin.milliseconds]
    let intervals = LatencyStatistics.intervals(
      pairs,
      quantiles: quantiles,
      seed: seed,
      resamples: resamples,
      figure: figure
    )
    parts = zip(zip(quantiles, margins), intervals).map {
      Part(quantile: $0.0, margin: $0.1, interval: $1)
    }
  }

  /// Each part must hold, so no correction for their number is needed.
  package var outcome: Outcome {
    let outcomes = parts.map(\.outcome)
    if outcomes.isEmpty || outcomes.contains(.slower) { return outcomes.isEmpty ? .open : .slower }
    if outcomes.contains(.open) { return .open }
    return outcomes.allSatisfy { $0 == .equivalent } ? .equivalent : .notInferior
  }

  /// About how many pairs would settle what is open; nil when nothing is, or no number would do.
  package var pairsNeeded: Int? {
    let needed = parts.filter { $0.outcome == .open }.map { part -> Double in
      let room = abs(part.margin - part.interval.estimate)
      let half = (part.interval.upper - part.interval.lower) / 2
      return Double(pairs) * (half / room) * (half / room)
    }
    guard let most = needed.max(), most.isFinite, most < 1_000_000 else { return nil }
    return max(pairs + 1, Int(most.rounded(.up)))
  }
}
