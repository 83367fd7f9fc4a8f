import Testing
import Worlds

@Suite struct TimestampTests {
  @Test(arguments: [
    "1970-01-01T00:00:00.000Z", "2026-01-05T08:00:00.123Z", "2262-04-11T23:47:16.854Z",
    "1678-01-01T00:00:00.000Z",
  ])
  func whatIsReadIsWrittenAlike(text: String) {
    #expect(Timestamp(iso8601: text)?.iso8601 == text)
  }

  @Test(arguments: [
    "9999-01-01T00:00:00Z", "2262-04-11T23:47:17Z", "0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
    "2026-01-05T24:00:00Z", "2026-01-05 08:00:00Z", "",
  ])
  func whatIsNoMomentIsNoTimestamp(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }
}
