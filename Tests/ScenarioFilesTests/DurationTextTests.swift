import ScenarioFiles
import Testing

@Suite struct DurationTextTests {
  private static let known: [(String, Int)] = [
    ("0s", 0), ("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("2h", 7_200_000),
    ("3d", 259_200_000), ("1h30m", 5_400_000), ("5m500ms", 300_500), ("12w", 7_257_600_000),
    ("2y", 63_072_000_000), ("90s", 90_000), ("100y", 3_153_600_000_000),
  ]

  @Test(arguments: known)
  func reads(_ text: String, _ milliseconds: Int) {
    #expect(DurationText.duration(text) == .milliseconds(milliseconds))
  }

  @Test(arguments: [
    "", "5", "m", "5 m", "1.5s", "-5s", "30m1h", "1h1h", "5min", "5M", "1s ", "100y1ms", "101y",
    "9223372036854775807y", "999999999999999w", "99999999999999999999s", "5m\u{661}s", "١s",
  ])
  func refuses(_ text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test func readsRanges() {
    #expect(DurationText.range("2ms..1s") == .milliseconds(2)...(.seconds(1)))
    #expect(DurationText.range("2ms") == .milliseconds(2)...(.milliseconds(2)))
    #expect(DurationText.range("2s..2s") == .seconds(2)...(.seconds(2)))
    for text in ["2s..1s", "..", "1s..", "..1s", "1s...2s", "1s..2s..3s"] {
      #expect(DurationText.range(text) == nil, "\(text)")
    }
  }
}
