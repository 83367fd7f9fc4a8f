import Worlds

/// Draws a timeline as SVG. All colours come from classes of the page's style sheet.
struct TimelineDrawing {
  static let width = 1_100
  static let left = 150.0
  static let right = 1_080.0

  let timeline: Timeline
  private(set) var svg = ""
  /// Where the next row begins.
  private(set) var y = 0

  static func svg(of timeline: Timeline) -> String {
    var drawing = TimelineDrawing(timeline: timeline)
    drawing.draw()
    return drawing.svg
  }

  private init(timeline: Timeline) {
    self.timeline = timeline
  }

  private var span: Int64 { max(1, (timeline.end - timeline.start).nanoseconds) }

  func x(_ moment: Timestamp) -> Double {
    let passed = min(max((moment - timeline.start).nanoseconds, 0), span)
    return Self.left + Double(passed) / Double(span) * (Self.right - Self.left)
  }

  private mutating func draw() {
    let clusters = MarkCluster.clusters(of: timeline.marks, place: { x($0.at) })
    y = timeline.faults.isEmpty ? 10 : 10 + 14 * min(timeline.faults.count, 2)
    let top = y
    peopleLane(clusters)
    vendorLane(clusters)
    storeLane(clusters)
    providerLane(clusters)
    let bottom = y
    let body = svg
    svg = ""
    faults(top: top, bottom: bottom)
    axis(top: top, bottom: bottom)
    svg += body
    violations(top: top, bottom: bottom)
    let height = bottom + 36
    let title = XMLText.escape(PlainText.line(timeline.title, limit: 200))
    svg =
      "<svg viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\" "
      + "aria-label=\"Timeline of \(title): \(summary)\">\(svg)</svg>"
  }

  private var summary: String {
    "\(timeline.asked.count) messages, \(timeline.answered.count) answers, "
      + "\(timeline.told.count) notices, \(timeline.callsPassed.count) provider calls passed, "
      + "\(timeline.callsRefused.count) refused"
  }

  private mutating func peopleLane(_ clusters: [MarkCluster]) {
    beginLane("People")
    tickRow("asked", timeline.asked, style: "ask")
    tickRow("answered", timeline.answered, style: "answer")
    tickRow("given a notice", timeline.told, style: "notice")
    markRow(clusters.filter { $0.lane == .people })
    endLane()
  }

  private mutating func vendorLane(_ clusters: [MarkCluster]) {
    beginLane("Vendor")
    barRow("running", timeline.up, style: "up")
    markRow(clusters.filter { $0.lane == .vendor })
    endLane()
  }

  private mutating func storeLane(_ clusters: [MarkCluster]) {
    beginLane("Secret store")
    for track in timeline.installed.prefix(5) {
      barRow("key of \(track.label)", track.bars, style: "installed")
    }
    if timeline.installed.count > 5 {
      note("and \(timeline.installed.count - 5) more tenants")
    }
    if timeline.installed.isEmpty { note("no key was set or removed") }
    markRow(clusters.filter { $0.lane == .store })
    endLane()
  }

  private mutating func providerLane(_ clusters: [MarkCluster]) {
    beginLane("Provider")
    let rows = Self.packed(timeline.alive)
    for (index, row) in rows.prefix(5).enumerated() {
      barRow(index == 0 ? "keys it takes" : "", row, style: "alive")
    }
    if rows.count > 5 { note("and more keys than can be drawn") }
    markRow(clusters.filter { $0.lane == .provider })
    tickRow("calls passed", timeline.callsPassed, style: "passed")
    tickRow("calls refused", timeline.callsRefused, style: "refused")
    if !timeline.callsCutOff.isEmpty {
      tickRow("calls cut off", timeline.callsCutOff, style: "cut")
    }
    endLane()
  }

  /// Bars in as few rows as keep them from overlapping.
  static func packed(_ bars: [Timeline.Bar]) -> [[Timeline.Bar]] {
    var rows: [[Timeline.Bar]] = []
    for bar in bars.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let index = rows.firstIndex(where: { ($0.last?.to ?? bar.from) <= bar.from }) {
        rows[index].append(bar)
      } else {
        rows.append([bar])
      }
    }
    return rows
  }
}

extension TimelineDrawing {
  mutating func add(_ markup: String) {
    svg += markup
  }

  mutating func advance(by height: Int) {
    y += height
  }
}
