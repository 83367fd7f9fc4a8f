import Worlds

/// Numbers and spans of time as a person reads them, the same on every machine.
package enum Words {
  /// `1 promise`, `2,312 promises`.
  package static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(grouped(number)) \(number == 1 ? one : many)"
  }

  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// A span to the millisecond below an hour, coarser above: `5 m 03.120 s`, `3 d 04 h 05 m`.
  static func elapsed(_ duration: Duration) -> String {
    let milliseconds = duration.nanoseconds / 1_000_000
    if milliseconds < 0 { return "-" + elapsed(.milliseconds(-milliseconds)) }
    let seconds = milliseconds / 1_000
    let fraction = padded(milliseconds % 1_000, 3)
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400)
    if minutes == 0 { return "\(seconds).\(fraction) s" }
    if hours == 0 { return "\(minutes) m \(padded(seconds % 60, 2)).\(fraction) s" }
    let clock = "\(padded(minutes % 60, 2)) m \(padded(seconds % 60, 2)) s"
    if days == 0 { return "\(hours) h \(clock)" }
    let day = "\(padded(hours % 24, 2)) h \(padded(minutes % 60, 2)) m"
    if days < 365 { return "\(days) d \(day)" }
    return "\(days / 365) y \(days % 365) d \(padded(hours % 24, 2)) h"
  }

  /// A span in round words: `two years` need no milliseconds.
  static func roughly(_ duration: Duration) -> String {
    let seconds = Double(duration.nanoseconds) / 1_000_000_000
    let steps: [(Double, Double, String)] = [
      (1, 0.001, "ms"), (120, 1, "s"), (7_200, 60, "min"), (172_800, 3_600, "h"),
      (63_072_000, 86_400, "days"),
    ]
    for (limit, unit, name) in steps where seconds < limit {
      return "\(oneDecimal(seconds / unit)) \(name)"
    }
    return "\(oneDecimal(seconds / 31_536_000)) years"
  }

  /// `12.3`, and `12` where the decimal is zero; never through a locale.
  static func oneDecimal(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    let tenths = Int((value * 10).rounded())
    let whole = grouped(tenths / 10)
    let sign = tenths < 0 && tenths > -10 ? "-" : ""
    return tenths.isMultiple(of: 10) ? whole : "\(sign)\(whole).\(abs(tenths % 10))"
  }

  /// Seconds with three decimals, as JUnit wants them.
  static func decimalSeconds(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.nanoseconds / 1_000_000)
    return "\(milliseconds / 1_000).\(padded(milliseconds % 1_000, 3))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
