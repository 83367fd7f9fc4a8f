extension Timestamp {
  /// `2026-01-05T08:00:00.123Z`, in UTC, computed without a locale so that every machine writes
  /// the same bytes.
  package var iso8601: String {
    let seconds = nanoseconds.quotientRoundedDown(by: 1_000_000_000)
    let milliseconds = (nanoseconds - seconds * 1_000_000_000) / 1_000_000
    let days = seconds.quotientRoundedDown(by: 86_400)
    let ofDay = seconds - days * 86_400
    let (year, month, day) = Self.civilDate(daysSince1970: days)
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
      + "T\((ofDay / 3_600).padded(2)):\((ofDay / 60 % 60).padded(2)):\((ofDay % 60).padded(2))"
      + ".\(milliseconds.padded(3))Z"
  }

  /// Reads `2026-01-05T08:00:00Z`, with or without a fraction; nil for anything else, and for
  /// years that nanoseconds do not reach.
  package init?(iso8601 text: String) {
    // By hand: books read many dates, and a regular expression is slow.
    let bytes = Array(text.utf8)
    func number(_ places: Range<Int>) -> Int64? {
      places.reduce(0) { number, place in
        (0x30...0x39).contains(bytes[place])
          ? number.map { $0 * 10 + Int64(bytes[place] - 0x30) } : nil
      }
    }
    let signs: [(Int, UInt8)] = [
      (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")),
      (13, UInt8(ascii: ":")), (16, UInt8(ascii: ":")),
    ]
    let end = bytes.count - 1
    guard end == 19 || (21...29).contains(end) && bytes[19] == UInt8(ascii: "."),
      bytes[end] == UInt8(ascii: "Z"), signs.allSatisfy({ bytes[$0.0] == $0.1 }),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      var fraction = number(min(20, end)..<end),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    for _ in end..<29 where end > 19 { fraction *= 10 }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let (_, civilMonth, civilDay) = Self.civilDate(daysSince1970: days)
    guard civilMonth == month, civilDay == day else { return nil }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
    // Nanoseconds reach from 1677 to 2262: a stranger's year may lie outside.
    let (whole, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (nanoseconds, isBeyond) = whole.addingReportingOverflow(fraction)
    guard !isTooFar, !isBeyond else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  /// The proleptic Gregorian date of a day number, by Howard Hinnant's `civil_from_days`.
  private static func civilDate(daysSince1970: Int64) -> (Int64, Int64, Int64) {
    let shifted = daysSince1970 + 719_468
    let era = shifted.quotientRoundedDown(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.quotientRoundedDown(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self - divisor + 1) / divisor
  }

  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
