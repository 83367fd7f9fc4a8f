import Evidence
import Guarantees

/// The map of the data under one deployment model: whose network saw what, drawn. The table below
/// it has the numbers.
enum FlowMap {
  /// The way of a question, from left to right; who has no part in it stands apart.
  private static let zones: [Facts.Zone] = [
    .customer, .chatPlatform, .vendor, .provider, .elsewhere,
  ]
  private static let pitch = 220
  private static let boxWidth = 186
  private static let boxHeight = 118

  static func svg(_ model: Facts.Deployment, _ flow: DataFlow) -> String {
    let seen = zones.map { zone in
      DataFlow.Kind.allCases.filter { flow.count(of: $0, in: zone) > 0 }
    }
    var drawing = ""
    for (index, zone) in zones.enumerated() {
      let x = 4 + index * pitch
      let style = seen[index].isEmpty ? "unseen" : "seen"
      drawing +=
        "<rect class=\"zone \(style)\" x=\"\(x)\" y=\"4\" width=\"\(boxWidth)\" "
        + "height=\"\(boxHeight)\" rx=\"8\"/>"
        + "<text class=\"lane\" x=\"\(x + 12)\" y=\"26\">\(XMLText.escape(zone.words))</text>"
      let lines = seen[index].isEmpty ? ["nothing seen"] : seen[index].map(\.words)
      for (row, line) in lines.enumerated() {
        drawing +=
          "<text class=\"row\" x=\"\(x + 12)\" y=\"\(45 + row * 15)\">"
          + "\(XMLText.escape(line))</text>"
      }
    }
    // The next that saw anything is where it went.
    let taking = seen.indices.filter { !seen[$0].isEmpty && zones[$0] != .elsewhere }
    for (from, to) in zip(taking, taking.dropFirst()) {
      let (left, right) = (4 + from * pitch + boxWidth, 4 + to * pitch)
      drawing +=
        "<path class=\"way\" d=\"M\(left + 2) 63H\(right - 8)\"/>"
        + "<path class=\"tip\" d=\"M\(right - 2) 63l-9-5v10z\"/>"
    }
    let told = zip(zones, seen).map { zone, kinds in
      "\(zone.words): \(kinds.isEmpty ? "nothing" : kinds.map(\.words).joined(separator: ", "))"
    }
    return "<svg viewBox=\"0 0 1100 126\" role=\"img\" aria-label=\""
      + XMLText.escape("\(model.words). \(told.joined(separator: "; "))") + "\">\(drawing)</svg>"
  }
}
