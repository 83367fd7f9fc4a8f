import Evidence
import Guarantees
import Worlds

/// A latency comparison drawn: both arms by quantile, and the differences with their intervals
/// against the margins that were fixed before.
struct LatencyPlot {
  private static let width = 640.0
  private static let height = 300.0
  private static let left = 56.0
  private static let bottom = 262.0
  private static let right = 624.0
  private static let top = 14.0

  let comparison: Event.LatencyPair.Comparison
  let judgement: LatencyJudgement
  /// In rising order, in milliseconds; a message that was not answered is left out of the line
  /// and counted.
  let subject: [Double]
  let control: [Double]
  let unanswered: Int

  /// One for each comparison that has pairs beyond those of the warm-up; none without a plan.
  static func plots(of history: History) -> [LatencyPlot] {
    var plan: Event.LatencyPlan?
    var pairs: [Event.LatencyPair] = []
    for event in history.events {
      switch event.kind {
      case .latencyPlan(let of): plan = of
      case .latencyPair(let of): pairs.append(of)
      default: break
      }
    }
    guard let plan, !pairs.isEmpty else { return [] }
    return Event.LatencyPair.Comparison.allCases.compactMap { comparison in
      let own = pairs.filter { $0.comparison == comparison && $0.index >= plan.warmUpPairs }
      return own.isEmpty ? nil : LatencyPlot(comparison, own, plan)
    }
  }

  private init(
    _ comparison: Event.LatencyPair.Comparison,
    _ pairs: [Event.LatencyPair],
    _ plan: Event.LatencyPlan
  ) {
    self.comparison = comparison
    // The checker's own numbers: same pairs, same seed, same resamples.
    judgement = LatencyJudgement(
      pairs,
      medianMargin: plan.medianMargin,
      tailMargin: plan.tailMargin,
      seed: plan.bootstrapSeed
    )
    func times(_ arm: (Event.LatencyPair) -> Event.LatencyPair.Arm) -> [Double] {
      pairs.map(arm).filter(\.answered)
        .map { Double($0.overhead.nanoseconds) / 1_000_000 }.sorted()
    }
    subject = times(\.subject)
    control = times(\.control)
    unanswered = 2 * pairs.count - subject.count - control.count
  }

  var title: String {
    switch comparison {
    case .customerAgainstVendor: "The customer's key against the vendor's own"
    case .vendorAgainstVendor: "Control: the vendor's key against itself must come out equal"
    case .delayedAgainstVendor: "Control: an injected delay must come out slower"
    }
  }

  var legend: (subject: String, control: String) {
    switch comparison {
    case .customerAgainstVendor: ("customer's key", "vendor's own key")
    case .vendorAgainstVendor: ("vendor's key", "vendor's key again")
    case .delayedAgainstVendor: ("vendor's key, delayed", "vendor's key")
    }
  }

  /// The numbers of the drawing, for who does not see it.
  var rows: [(name: String, difference: String, interval: String, margin: String, within: Bool)] {
    judgement.parts.map { part in
      (
        part.quantile == LatencyStatistics.median ? "median" : "95th percentile",
        Self.signed(part.interval.estimate),
        "\(Self.signed(part.interval.lower)) to \(Self.signed(part.interval.upper))",
        "±\(Words.oneDecimal(part.margin))",
        part.interval.upper <= part.margin
      )
    }
  }

  /// Both arms by quantile: the shares of messages that took no longer.
  var quantiles: String {
    // The slowest hundredth would flatten everything else.
    let most = max(
      LatencyStatistics.quantile(0.99, ofSorted: subject),
      LatencyStatistics.quantile(0.99, ofSorted: control)
    )
    let scale = most.isFinite && most > 0 ? Self.step(above: most) : 1
    func y(_ value: Double) -> Double {
      Self.bottom - min(max(value / scale, 0), 1) * (Self.bottom - Self.top)
    }
    func x(_ share: Double) -> Double { Self.left + share * (Self.right - Self.left) }
    func line(_ values: [Double], _ style: String) -> String {
      guard !values.isEmpty else { return "" }
      let points = (0...200).map { index in
        let share = Double(index) / 200
        let value = LatencyStatistics.quantile(share, ofSorted: values)
        return "\(SVGPath.number(x(share))) \(SVGPath.number(y(value)))"
      }
      return "<path class=\"curve \(style)\" d=\"M\(points.joined(separator: "L"))\"/>"
    }
    var marks = ""
    for (share, name) in [
      (0.0, "0"), (0.25, "25 %"), (0.5, "median"), (0.75, "75 %"), (0.95, "95 %"),
    ] {
      let place = SVGPath.number(x(share))
      marks +=
        "<path class=\"grid\" d=\"M\(place) \(Int(Self.top))V\(Int(Self.bottom))\"/>"
        + "<text class=\"axis\" x=\"\(place)\" y=\"\(Int(Self.bottom) + 16)\">\(name)</text>"
    }
    for quarter in 0...4 {
      let value = scale * Double(quarter) / 4
      let place = SVGPath.number(y(value))
      marks +=
        "<path class=\"grid\" d=\"M\(Int(Self.left)) \(place)H\(Int(Self.right))\"/>"
        + "<text class=\"axisend\" x=\"\(Int(Self.left) - 6)\" y=\"\(place)\">"
        + "\(Words.oneDecimal(value)) ms</text>"
    }
    return Self.svg(
      height: Self.height,
      label: "\(title): time added by quantile, to the 99th percentile",
      marks + line(control, "control") + line(subject, "subject")
        + "<text class=\"axisend\" x=\"\(Int(Self.right))\" y=\"\(Int(Self.height) - 4)\">"
        + "share of messages that took no longer</text>"
    )
  }

  /// The differences with their intervals, against the margins.
  var margins: String {
    let finite = judgement.parts.flatMap {
      [$0.margin, abs($0.interval.lower), abs($0.interval.upper)]
    }.filter(\.isFinite)
    let scale = (finite.max() ?? 1) * 1.15
    func x(_ value: Double) -> Double {
      let share = min(max(value / scale, -1), 1)
      return (Self.left + Self.right) / 2 + share * (Self.right - Self.left - 60) / 2
    }
    var drawing = ""
    for (index, part) in judgement.parts.enumerated() {
      let y = 30 + index * 46
      let name = part.quantile == LatencyStatistics.median ? "median" : "95 %"
      let (low, high) = (SVGPath.number(x(-part.margin)), SVGPath.number(x(part.margin)))
      let (from, to) = (x(part.interval.lower), x(part.interval.upper))
      let style = part.interval.upper <= part.margin ? "within" : "beyond"
      drawing +=
        "<text class=\"row\" x=\"4\" y=\"\(y + 4)\">\(name)</text>"
        + "<path class=\"margin\" d=\"M\(low) \(y - 14)V\(y + 14)M\(high) \(y - 14)V\(y + 14)\"/>"
        + "<text class=\"axis\" x=\"\(high)\" y=\"\(y - 17)\">margin "
        + "\(Self.signed(part.margin))</text>"
        + "<rect class=\"interval \(style)\" x=\"\(SVGPath.number(from))\" y=\"\(y - 5)\" "
        + "width=\"\(SVGPath.number(max(2, to - from)))\" height=\"10\" rx=\"3\"/>"
        + "<circle class=\"estimate\" cx=\"\(SVGPath.number(x(part.interval.estimate)))\" "
        + "cy=\"\(y)\" r=\"4\"/>"
    }
    let height = 30 + judgement.parts.count * 46
    let zero = SVGPath.number(x(0))
    drawing +=
      "<path class=\"rule\" d=\"M\(zero) 8V\(height - 16)\"/>"
      + "<text class=\"axis\" x=\"\(zero)\" y=\"\(height - 2)\">no difference</text>"
    return Self.svg(
      height: Double(height),
      label: "\(title): differences with 90 % intervals, against the margins",
      drawing
    )
  }

  private static func svg(height: Double, label: String, _ content: String) -> String {
    "<svg class=\"plot\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" "
      + "aria-label=\"\(XMLText.escape(label))\">\(content)</svg>"
  }

  /// A round number above, so that the axis reads well.
  private static func step(above value: Double) -> Double {
    var unit = 0.1
    while unit * 10 < value { unit *= 10 }
    return [1, 2, 4, 6, 8, 10].map { unit * $0 }.first { $0 >= value } ?? unit * 10
  }

  private static func signed(_ milliseconds: Double) -> String {
    guard milliseconds.isFinite else { return milliseconds < 0 ? "−∞ ms" : "+∞ ms" }
    let hundredths = Int((milliseconds * 100).rounded())
    let digits = String(abs(hundredths) % 100)
    return (hundredths < 0 ? "−" : "+") + "\(abs(hundredths) / 100)."
      + (digits.utf8.count == 1 ? "0" + digits : digits) + " ms"
  }
}
