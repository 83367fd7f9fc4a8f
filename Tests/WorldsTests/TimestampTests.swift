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
    "2026-01-05T24:00:00Z", "2026-01-05 08:00:00Z", "", "2026-01-05T08:00:00",
    "2026-01-05T08:00:00.Z", "2026-01-05T08:00:00.1234567890Z", "2026-01-05T08:00:0xZ",
    "2026-01-05T08:00:00,5Z", "2026-01-05T08:00:00.5ZZ", "٢٠٢٦-01-05T08:00:00Z",
  ])
  func whatIsNoMomentIsNoTimestamp(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test(arguments: [("5", 500_000_000), ("000000001", 1), ("120", 120_000_000)])
  func fractionsAreRead(digits: String, nanoseconds: Int64) throws {
    let whole = try #require(Timestamp(iso8601: "2026-01-05T08:00:00Z"))
    let moment = try #require(Timestamp(iso8601: "2026-01-05T08:00:00.\(digits)Z"))
    #expect(moment.nanoseconds - whole.nanoseconds == nanoseconds)
  }
}
