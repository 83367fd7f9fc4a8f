/// An amount of US dollars in whole cents.
package struct Cents: Hashable, Comparable, Codable, Sendable {
  package var count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  package static func + (left: Self, right: Self) -> Self { Self(left.count + right.count) }

  package static func * (one: Self, times: Int64) -> Self { Self(one.count * times) }

  /// The part of a price that falls on some days of a month, half a cent rounded up.
  package func prorated(_ days: Int64, of month: Int64) -> Cents {
    Cents(Self.quotient(count * days, by: month))
  }

  /// Half a cent rounded up.
  package func markedUp(by percent: Int64) -> Cents {
    Cents(Self.quotient(count * (100 + percent), by: 100))
  }

  /// What tokens cost with a markup, half a cent rounded up.
  ///
  /// - Parameter price: in billionths of a dollar for a token.
  package static func tokens(_ tokens: Int64, at price: Int64, markupPercent: Int64) -> Cents {
    Cents(quotient(tokens * price * (100 + markupPercent), by: 100 * 10_000_000))
  }

  /// `$12.05`.
  package var text: String {
    let cents = String(count % 100)
    return "$\(count / 100).\(cents.utf8.count == 1 ? "0" + cents : cents)"
  }

  package init(from decoder: any Decoder) throws {
    count = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(count)
  }

  private static func quotient(_ dividend: Int64, by divisor: Int64) -> Int64 {
    (2 * dividend + divisor) / (2 * divisor)
  }
}
