import Evidence
import Testing

@testable import Conductor

/// What two plays of a pair are compared by.
@Suite struct PairComparisonTests {
  private func digestsDiffer(
    _ kind: Event.PairRow.Kind,
    _ texts: (String, String),
    comparesMoments: Bool
  ) -> Bool {
    func sight(_ text: String) -> PairLog.Sight {
      PairLog.Sight(
        place: .init(kind: kind, tenant: "acme", conversation: nil, subject: "s"),
        nanoseconds: 1,
        text: text
      )
    }
    let row = PairComparison(
      first: [sight(texts.0)],
      second: [sight(texts.1)],
      comparesMoments: comparesMoments,
      KeyCollection()
    ).rows[0]
    return row.first?.digest != row.second?.digest
  }

  @Test func `Times of day on a page are compared where moments are, and there alone`() {
    let pages = (
      #"{"installed_at":"2026-01-05T08:00:02.992Z","version":2}"#,
      #"{"installed_at":"2026-01-05T08:00:02.993Z","version":2}"#
    )
    #expect(digestsDiffer(.adminAnswer, pages, comparesMoments: true))
    #expect(!digestsDiffer(.adminAnswer, pages, comparesMoments: false))
    #expect(digestsDiffer(.reply, pages, comparesMoments: false))
  }

  @Test(
    arguments: [
      #"{"installed_at":null,"version":2}"#,
      #"{"installed_at":"2026-01-06T08:00:02.992Z","version":2}"#,
      #"{"installed_at":"2026-01-05T08:00:02.992Z","version":3}"#,
    ]
  )
  func `Whether there is a time, its day and all else are compared always`(other: String) {
    let page = #"{"installed_at":"2026-01-05T08:00:02.992Z","version":2}"#
    #expect(digestsDiffer(.adminAnswer, (page, other), comparesMoments: false))
  }
}
