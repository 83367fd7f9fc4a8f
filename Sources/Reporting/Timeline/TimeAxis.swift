import Worlds

/// Chooses round steps of time between milliseconds and decades.
struct TimeAxis {
  struct Step: Equatable {
    var duration: Duration
    var unit: Duration
    var name: String
  }

  private static let month = Duration.seconds(2_629_800)
  private static let year = Duration.seconds(31_557_600)

  private static let steps: [Step] = {
    let table: [(Duration, String, [Int])] = [
      (.milliseconds(1), "ms", [1, 2, 5, 10, 20, 50, 100, 200, 500]),
      (.seconds(1), "s", [1, 2, 5, 10, 20, 30]),
      (.seconds(60), "min", [1, 2, 5, 10, 15, 30]),
      (.seconds(3_600), "h", [1, 2, 3, 6, 12]),
      (.seconds(86_400), "d", [1, 2, 5, 10, 20]),
      (month, "mo", [1, 2, 3, 6]),
      (year, "y", [1, 2, 5, 10, 20, 50, 100]),
    ]
    return table.flatMap { unit, name, counts in
      counts.map { Step(duration: unit * $0, unit: unit, name: name) }
    }
  }()

  /// Places of the ticks from the beginning, with their labels; at most `limit` beside the zero.
  static func ticks(of span: Duration, limit: Int = 9) -> [(at: Duration, label: String)] {
    let length = span.nanoseconds
    guard length > 0 else { return [(.zero, "0")] }
    let step = steps.first { length / $0.duration.nanoseconds <= Int64(limit) } ?? steps.last
    guard let step else { return [(.zero, "0")] }
    let each = step.duration.nanoseconds
    let last = min(length / each, Int64(limit))
    return (0...last).map { index in
      let at = Duration.nanoseconds(index * each)
      let number = index * each / step.unit.nanoseconds
      return (at, index == 0 ? "0" : "\(number) \(step.name)")
    }
  }
}
