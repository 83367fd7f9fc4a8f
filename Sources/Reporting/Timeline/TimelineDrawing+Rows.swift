import Worlds

extension TimelineDrawing {
  /// Above this a row of ticks becomes a profile of columns.
  static let tickLimit = 600

  mutating func beginLane(_ name: String) {
    let top = y
    add("<text class=\"lane\" x=\"0\" y=\"\(top + 15)\">\(name)</text>")
    advance(by: 20)
  }

  mutating func endLane() {
    advance(by: 6)
    add("<path class=\"rule\" d=\"M0 \(y)H\(Self.width)\"/>")
    advance(by: 4)
  }

  mutating func tickRow(_ name: String, _ times: [Timestamp], style: String) {
    rowLabel("\(name) \(Words.grouped(times.count))", height: 14)
    if times.count > Self.tickLimit {
      add("<path class=\"crowd \(style)\" d=\"\(columns(times))\"/>")
    } else if !times.isEmpty {
      let places = Set(times.map { (x($0) * 2).rounded() / 2 }).sorted()
      let path = SVGPath.ticks(places, top: y + 2, height: 10)
      add("<path class=\"tick \(style)\" d=\"\(path)\"/>")
    }
    advance(by: 16)
  }

  private func columns(_ times: [Timestamp]) -> String {
    let width = 3.0
    let count = Int((Self.right - Self.left) / width)
    var crowd = Array(repeating: 0, count: count + 1)
    for time in times { crowd[min(count, Int((x(time) - Self.left) / width))] += 1 }
    let most = Double(crowd.max() ?? 1)
    let heights = crowd.enumerated().filter { $0.element > 0 }.map { index, number in
      // A root keeps the few visible beside the many.
      (Self.left + Double(index) * width, max(1.5, 13 * (Double(number) / most).squareRoot()))
    }
    return SVGPath.columns(heights, width: width - 0.6, base: y + 13)
  }

  mutating func barRow(_ name: String, _ bars: [Timeline.Bar], style: String) {
    rowLabel(name, height: 14)
    for bar in bars {
      let from = x(bar.from)
      let width = max(2, x(bar.to) - from - 1)
      add(
        "<rect class=\"bar \(style)\" x=\"\(SVGPath.number(from))\" y=\"\(y + 1)\" "
          + "width=\"\(SVGPath.number(width))\" height=\"13\" rx=\"3\"/>"
      )
      let room = Int((width - 10) / 5.9)
      guard !bar.label.isEmpty, room >= 6 else { continue }
      let label = XMLText.escape(PlainText.line(bar.label, limit: room))
      add(
        "<text class=\"inside\" x=\"\(SVGPath.number(from + 5))\" y=\"\(y + 11)\">\(label)</text>"
      )
    }
    advance(by: 17)
  }

  /// Numbered marks; the list below the drawing says what each number is.
  mutating func markRow(_ clusters: [MarkCluster]) {
    guard !clusters.isEmpty else { return }
    for cluster in clusters {
      let width = cluster.width
      let left = min(max(cluster.center - width / 2, Self.left - 8), Self.right + 8 - width)
      add(
        "<path class=\"stem\" d=\"M\(SVGPath.number(cluster.center)) \(y - 2)v3\"/>"
          + "<rect class=\"mark \(cluster.style.rawValue)\" x=\"\(SVGPath.number(left))\" "
          + "y=\"\(y + 1)\" width=\"\(SVGPath.number(width))\" height=\"14\" rx=\"7\"/>"
          + "<text class=\"number\" x=\"\(SVGPath.number(left + width / 2))\" "
          + "y=\"\(y + 11)\">\(cluster.label)</text>"
      )
    }
    advance(by: 19)
  }

  mutating func note(_ words: String) {
    add(
      "<text class=\"row\" x=\"\(SVGPath.number(Self.left))\" y=\"\(y + 11)\">\(words)</text>"
    )
    advance(by: 16)
  }

  private mutating func rowLabel(_ name: String, height: Int) {
    guard !name.isEmpty else { return }
    let text = XMLText.escape(PlainText.line(name, limit: 24))
    add("<text class=\"row\" x=\"10\" y=\"\(y + height - 3)\">\(text)</text>")
  }

  mutating func faults(top: Int, bottom: Int) {
    for (index, fault) in timeline.faults.prefix(40).enumerated() {
      let from = x(fault.from)
      let width = max(2, x(fault.to) - from)
      add(
        "<rect class=\"fault\" x=\"\(SVGPath.number(from))\" y=\"\(top)\" "
          + "width=\"\(SVGPath.number(width))\" height=\"\(bottom - top)\"/>"
      )
      let label = XMLText.escape(PlainText.line(fault.label, limit: 60))
      let anchor = from > (Self.left + Self.right) / 2 ? "end" : "start"
      let place = anchor == "end" ? from + width : from
      add(
        "<text class=\"faultname\" text-anchor=\"\(anchor)\" x=\"\(SVGPath.number(place))\" "
          + "y=\"\(top - 4 - 14 * (index % 2))\">\(label)</text>"
      )
    }
  }

  mutating func axis(top: Int, bottom: Int) {
    for tick in TimeAxis.ticks(of: timeline.end - timeline.start) {
      let place = SVGPath.number(x(timeline.start + tick.at))
      add(
        "<path class=\"grid\" d=\"M\(place) \(top)V\(bottom + 4)\"/>"
          + "<text class=\"axis\" x=\"\(place)\" y=\"\(bottom + 18)\">\(tick.label)</text>"
      )
    }
    add(
      "<text class=\"row\" x=\"10\" y=\"\(bottom + 18)\">virtual time</text>"
        + "<text class=\"axisend\" x=\"\(SVGPath.number(Self.right))\" y=\"\(bottom + 32)\">"
        + "\(XMLText.escape(timeline.note))</text>"
    )
  }

  mutating func violations(top: Int, bottom: Int) {
    for moment in timeline.violations.prefix(60) {
      let place = SVGPath.number(x(moment))
      add(
        "<path class=\"broken\" d=\"M\(place) \(top)V\(bottom)\"/>"
          + "<path class=\"flag\" d=\"M\(place) \(top + 1)l-5-8h10z\"/>"
      )
    }
  }
}
