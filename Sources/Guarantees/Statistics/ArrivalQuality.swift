package import Evidence
import Worlds

/// Whether the questions of a comparison were asked when they were due. A generator that falls
/// behind asks less while answers are slow, and measures something kinder than what it says.
package struct ArrivalQuality: Sendable, Equatable {
  /// A question sent later than this after its moment was late. Times count from the moment itself,
  /// and arms alike wait for a machine that is busy with somebody else's question: a fifth of the
  /// tail margin that stories state moves no verdict, and more would.
  package static let grace = Duration.milliseconds(2)
  /// Of a hundred questions so many may be late.
  package static let latePercent = 1

  package var starts: Int
  package var late: Int
  package var worst: Duration
  /// Questions a second, as they were due and as they were sent.
  package var intendedRate: Double
  package var achievedRate: Double
  /// Moments of the pairs that no schedule had beforehand.
  package var unscheduled: Int

  package var isGood: Bool { late * 100 <= starts * Self.latePercent }

  /// - Parameter schedules: as they were recorded before; without them nothing is said of that.
  package init(_ pairs: [Event.LatencyPair], schedules: [Event.LatencySchedule]? = nil) {
    var sent: [Timestamp: Duration] = [:]
    for pair in pairs {
      // The three comparisons of a round share the control's.
      for arm in [pair.subject, pair.control] {
        sent[arm.intended] = max(arm.late, sent[arm.intended] ?? .zero)
      }
    }
    starts = sent.count
    late = sent.values.count { $0 > Self.grace }
    worst = sent.values.max() ?? .zero
    intendedRate = Self.rate(sent.keys.map { $0 })
    achievedRate = Self.rate(sent.map { $0.key + $0.value })
    guard let schedules else {
      unscheduled = 0
      return
    }
    let due = schedules.reduce(into: Set<Place>()) { due, schedule in
      for arrival in schedule.arrivals {
        due.insert(Place(round: arrival.round, asker: arrival.asker, at: arrival.at))
      }
    }
    unscheduled = pairs.count { pair in
      let (subject, control) = (pair.subject.intended, pair.control.intended)
      return
        !due.contains(Place(round: pair.index, asker: pair.comparison.subject, at: subject))
        || !due.contains(Place(round: pair.index, asker: .vendor, at: control))
    }
  }

  private struct Place: Hashable {
    var round: Int
    var asker: Event.LatencySchedule.Asker
    var at: Timestamp
  }

  private static func rate(_ moments: [Timestamp]) -> Double {
    guard let first = moments.min(), let last = moments.max(), first < last else { return 0 }
    return Double(moments.count - 1) / ((last - first).milliseconds / 1_000)
  }
}
