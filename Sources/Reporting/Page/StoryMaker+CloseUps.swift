import Evidence
import Guarantees
import Worlds

extension StoryMaker {
  func closeUp(_ moment: KeyMoment, _ timeline: Timeline) -> CloseUpView {
    let title = "To the second: \(moment.key) of \(moment.tenant) \(moment.kind.words)"
    let part = timeline.cut(to: moment.window, title: title)
    return CloseUpView(
      closeUpTitle: ShownText(title + ", " + times(of: moment), limit: 400),
      closeUpDrawing: Markup(TimelineDrawing.svg(of: part)),
      closeUpMarks: marks(of: part, from: timeline.start)
    )
  }

  private func times(of moment: KeyMoment) -> String {
    var parts: [String] = []
    func add(_ time: Timestamp?, _ words: String) {
      guard let time else { return }
      let after = time - moment.ended
      let when =
        after < .zero
        ? "\(Words.elapsed(.zero - after)) before its end" : "\(Words.elapsed(after)) after its end"
      parts.append("\(words) \(when)")
    }
    add(moment.lastCall, "last call on it")
    add(moment.firstRefusal, "first refusal")
    add(moment.successor, "successor handed over")
    add(moment.firstAnswer, "first answer then")
    if moment.lateCalls > 0 {
      parts.append("\(Words.count(moment.lateCalls, "call", "calls")) passed after its end")
    }
    return parts.isEmpty ? "never used." : parts.joined(separator: ", ") + "."
  }

  func plot(_ plot: LatencyPlot) -> PlotView {
    let pairs = Words.count(plot.judgement.pairs, "pair", "pairs")
    let missing = plot.unanswered == 0 ? "" : " \(plot.unanswered) messages had no answer."
    return PlotView(
      plotTitle: ShownText(plot.title),
      plotNote: ShownText("\(pairs), warm-up left out. Time that the vendor adds.\(missing)"),
      plotSubject: ShownText(plot.legend.subject),
      plotControl: ShownText(plot.legend.control),
      plotQuantiles: Markup(plot.quantiles),
      plotMargins: Markup(plot.margins),
      plotRows: plot.rows.map {
        PlotRowView(
          plotQuantile: ShownText($0.name),
          plotDifference: ShownText($0.difference),
          plotInterval: ShownText($0.interval + ($0.within ? "" : ", beyond the margin")),
          plotMargin: ShownText($0.margin + " ms")
        )
      }
    )
  }
}
