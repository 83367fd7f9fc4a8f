import Foundation
import Worlds

/// Durations as files write them: `250ms`, `30s`, `5m`, `1h30m`, `3d`, `12w`, `2y` (of 365 days).
package enum DurationText {
  /// Longer stories than a century are a mistyped number.
  static let longest = Duration.seconds(100 * 365 * 86_400)

  static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
    ("m", 60_000), ("s", 1_000), ("ms", 1),
  ]

  /// Nil unless the whole text is a duration of at most a century, larger units first.
  package static func duration(_ text: String) -> Duration? {
    var rest = text.utf8[...]
    var milliseconds: Int64 = 0
    var nextUnit = 0
    guard !rest.isEmpty, rest.count <= 40 else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      guard !digits.isEmpty, digits.count <= 15, let count = Int64(Substring(digits)) else {
        return nil
      }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { !(48...57).contains($0) }
      rest = rest.dropFirst(letters.count)
      guard
        let unit = units.firstIndex(where: { $0.name.utf8.elementsEqual(letters) }),
        unit >= nextUnit
      else { return nil }
      nextUnit = unit + 1
      let (product, overflow) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
      let (sum, sumOverflow) = milliseconds.addingReportingOverflow(product)
      guard !overflow, !sumOverflow else { return nil }
      milliseconds = sum
    }
    guard milliseconds <= longest.nanoseconds / 1_000_000 else { return nil }
    return .milliseconds(milliseconds)
  }

  /// `200ms..900ms`, or one duration for a range of that value alone.
  package static func range(_ text: String) -> ClosedRange<Duration>? {
    guard let dots = text.range(of: "..") else {
      return duration(text).map { $0...$0 }
    }
    guard
      let lower = duration(String(text[..<dots.lowerBound])),
      let upper = duration(String(text[dots.upperBound...])),
      lower <= upper
    else { return nil }
    return lower...upper
  }
}
