/// Marks of one lane that stand too close together to be drawn apart.
struct MarkCluster {
  var lane: Timeline.Lane
  var style: Timeline.Mark.Style
  /// From 1, in the order of the list below the drawing.
  var numbers: [Int]
  var from: Double
  var to: Double

  var center: Double { (from + to) / 2 }

  var label: String {
    guard let first = numbers.first, let last = numbers.last, numbers.count > 1 else {
      return numbers.first.map(String.init) ?? ""
    }
    if last - first + 1 == numbers.count {
      return numbers.count == 2 ? "\(first),\(last)" : "\(first)–\(last)"
    }
    let shown = numbers.prefix(4).map(String.init).joined(separator: ",")
    return numbers.count > 4 ? "\(shown)…" : shown
  }

  var width: Double { max(16, Double(label.count) * 6 + 9) }

  static func clusters(
    of marks: [Timeline.Mark],
    place: (Timeline.Mark) -> Double
  ) -> [MarkCluster] {
    var clusters: [MarkCluster] = []
    for (index, mark) in marks.enumerated() {
      let x = place(mark)
      let single = MarkCluster(
        lane: mark.lane,
        style: mark.style,
        numbers: [index + 1],
        from: x,
        to: x
      )
      if let last = clusters.lastIndex(where: { $0.lane == mark.lane }),
        x - single.width / 2 < clusters[last].center + clusters[last].width / 2 + 2
      {
        clusters[last].numbers.append(index + 1)
        clusters[last].to = x
        if clusters[last].style != mark.style { clusters[last].style = .plain }
      } else {
        clusters.append(single)
      }
    }
    return clusters
  }
}
