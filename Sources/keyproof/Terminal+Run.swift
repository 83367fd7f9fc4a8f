import Guarantees
import Reporting

extension Terminal {
  /// What became of a run whose report is written.
  func tell(_ run: RunResult, at place: ReportPlace, baseline: ReportSnapshot?) throws {
    print(
      TerminalSummary(layout: layout)
        .text(for: run, catalogue: Catalogue.guarantees, reportPath: place.shown)
    )
    if let baseline {
      let comparison = ReportComparison(
        from: baseline,
        to: try ReportSnapshot(at: place.directory)
      )
      print("\nAgainst the baseline:\n" + ComparisonText(comparison).terminal(layout))
    }
    guard annotates else { return }
    let annotations = GitHubAnnotations().text(for: run, catalogue: Catalogue.guarantees)
    if !annotations.isEmpty { print(annotations) }
  }
}
