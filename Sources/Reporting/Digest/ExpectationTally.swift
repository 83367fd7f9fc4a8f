import Evidence
import Worlds

/// One expectation as it stands in the file, over all the times that its step was played.
struct ExpectationTally: Equatable {
  var line: Int
  var text: String
  var met = 0
  var failed = 0
  /// Of the first failure.
  var observed = ""
  var failedAt: Timestamp?

  static func tallies(in history: History) -> [ExpectationTally] {
    var byPlace: [Place: ExpectationTally] = [:]
    for event in history.events {
      guard case .expectation(let seen) = event.kind else { continue }
      let place = Place(line: seen.line, text: seen.text)
      var tally = byPlace[place] ?? ExpectationTally(line: seen.line, text: seen.text)
      if seen.met {
        tally.met += 1
      } else {
        if tally.failed == 0 {
          tally.observed = seen.observed
          tally.failedAt = seen.failedAt ?? event.at
        }
        tally.failed += 1
      }
      byPlace[place] = tally
    }
    return byPlace.values.sorted { ($0.line, $0.text) < ($1.line, $1.text) }
  }

  private struct Place: Hashable {
    var line: Int
    var text: String
  }
}
