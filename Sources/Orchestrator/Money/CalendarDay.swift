package import Worlds

/// A day in UTC, counted since 1970: what seats and tokens are charged by.
package struct CalendarDay: Hashable, Comparable, Sendable {
  package var number: Int64

  package init(number: Int64) {
    self.number = number
  }

  package init(_ moment: Timestamp) {
    let seconds = moment.unixSeconds
    number = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  package static func < (earlier: Self, later: Self) -> Bool { earlier.number < later.number }

  package func advanced(by days: Int64) -> CalendarDay { CalendarDay(number: number + days) }

  /// `2026-01-05`.
  package var text: String {
    String(Timestamp(unixSeconds: number * 86_400).iso8601.prefix(10))
  }
}

/// A calendar month in UTC: what an invoice is for.
package struct BillingMonth: Hashable, Sendable {
  package let first: CalendarDay
  package let last: CalendarDay

  package init(containing day: CalendarDay) {
    // From any day the first of its month is as far back as the date says.
    let first = day.advanced(by: 1 - Self.dayOfMonth(day))
    var last = first.advanced(by: 27)
    while Self.dayOfMonth(last.advanced(by: 1)) != 1 { last = last.advanced(by: 1) }
    self.first = first
    self.last = last
  }

  package var days: Int64 { last.number - first.number + 1 }

  /// `2026-01`.
  package var name: String { String(first.text.prefix(7)) }

  package var next: BillingMonth { BillingMonth(containing: last.advanced(by: 1)) }

  private static func dayOfMonth(_ day: CalendarDay) -> Int64 {
    Int64(day.text.suffix(2)) ?? 1
  }
}
