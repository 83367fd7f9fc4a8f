import Evidence
import Guarantees
import Worlds

struct MomentView {
  var momentKey: ShownText
  var momentTarget: ShownText
  var momentStory: ShownText
  var momentWhat: ShownText
  var momentCells: [ShownText]
}

extension ScenarioDigest {
  /// Promises about ends and changes of keys: their stories are drawn to the second.
  private static let aboutKeys: Set<String> = [
    "instant-revocation", "no-calls-after-revocation", "uninterrupted-rotation",
    "rotation-without-loss",
  ]
  private static let momentLimit = 4

  /// The first few of a story that is about keys, or in which one of these promises was broken.
  var keyMoments: [KeyMoment] {
    guard let history = result.history else { return [] }
    let isAbout =
      result.shows.contains(where: Self.aboutKeys.contains)
      || result.findings.contains {
        $0.finding.verdict == .violated && Self.aboutKeys.contains($0.guarantee)
      }
    return isAbout ? KeyMoment.moments(in: history, limit: Self.momentLimit) : []
  }
}

extension ReportPage {
  private static let momentLimit = 80

  func moments(_ keyMoments: [[KeyMoment]]) -> (shown: [MomentView], omitted: [ShownText]) {
    // What becomes of keys in the hands of a control is told in its story.
    let all = zip(digest.scenarios, keyMoments).filter { !$0.0.result.isControl }
      .flatMap { scenario, moments in moments.map { Self.view($0, scenario) } }
    let more = all.count - Self.momentLimit
    return (
      Array(all.prefix(Self.momentLimit)),
      more > 0 ? [ShownText("\(more) more are drawn in their stories.")] : []
    )
  }

  private static func view(_ moment: KeyMoment, _ scenario: ScenarioDigest) -> MomentView {
    func after(_ time: Timestamp?) -> ShownText {
      ShownText(time.map { Words.elapsed($0 - moment.ended) } ?? "none")
    }
    return MomentView(
      momentKey: ShownText("\(moment.key) of \(moment.tenant)", limit: 80),
      momentTarget: ShownText(scenario.anchor),
      momentStory: ShownText(scenario.result.title, limit: 120),
      momentWhat: ShownText(moment.kind.words),
      momentCells: [
        after(moment.lastCall), after(moment.firstRefusal),
        ShownText(moment.lateCalls == 0 ? "none" : Words.grouped(moment.lateCalls)),
        ShownText(moment.slowestNotice.map(Words.elapsed) ?? "nobody asked"),
        after(moment.successor), after(moment.firstAnswer),
      ]
    )
  }
}
