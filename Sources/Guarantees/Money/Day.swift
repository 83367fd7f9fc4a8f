import Worlds

/// A day in UTC, counted since 1970: what invoices go by.
struct Day: Hashable, Comparable {
  var number: Int64

  init(_ moment: Timestamp) {
    number = moment.unixSeconds / 86_400
  }

  init(number: Int64) {
    self.number = number
  }

  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// A calendar month, by its first and last day.
struct Month {
  let name: String
  let first: Day
  let last: Day

  /// - Parameter name: `2026-01`; nil for anything else.
  init?(_ name: String) {
    guard let first = Timestamp(iso8601: name + "-01T00:00:00Z") else { return nil }
    self.name = name
    self.first = Day(first)
    var next = first + .seconds(28 * 86_400)
    while next.iso8601.prefix(7) == name { next = next + .seconds(86_400) }
    last = Day(number: Day(next).number - 1)
  }

  init?(containing day: Day) {
    self.init(String(Timestamp(unixSeconds: day.number * 86_400).iso8601.prefix(7)))
  }

  var days: Int64 { last.number - first.number + 1 }

  var next: Month? { Month(containing: Day(number: last.number + 1)) }
}
