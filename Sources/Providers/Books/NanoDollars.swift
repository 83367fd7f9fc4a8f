/// An amount of money, exact: a billionth of a US dollar is the smallest. Sums of whole numbers,
/// and never a floating point.
package struct NanoDollars: Sendable, Hashable, Comparable {
  package var count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  /// Reads `2.5` or `0.075`, with at most nine places; nil for anything else.
  package init?(dollars text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let whole = Int64(parts[0]), whole <= 1_000_000_000
    else { return nil }
    let places = parts.count == 2 ? parts[1] : "0"
    guard places.count <= 9,
      let fraction = Int64(places + String(repeating: "0", count: 9 - places.count))
    else { return nil }
    count = whole * 1_000_000_000 + fraction
  }

  /// In dollars, without needless zeros: `0.000495`, `12.5`, `3`.
  package var dollars: String {
    let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sign = count < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    let digits = String(rest)
    var places = String(repeating: "0", count: 9 - digits.count) + digits
    while places.hasSuffix("0") { places.removeLast() }
    return "\(sign)\(whole).\(places)"
  }

  package static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  /// Some nine billion dollars: beyond it an amount stays where it is. No price that is taken
  /// comes near it (see `ModelPrice`).
  static let most = Self(.max)

  static func + (left: Self, right: Self) -> Self {
    let (sum, overflows) = left.count.addingReportingOverflow(right.count)
    return overflows ? most : Self(sum)
  }

  /// - Parameter tokens: not below 0.
  static func * (price: Self, tokens: Int) -> Self {
    let (product, overflows) = price.count.multipliedReportingOverflow(by: Int64(tokens))
    return overflows ? most : Self(product)
  }
}
