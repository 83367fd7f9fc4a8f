import Worlds

extension DurationText {
  /// As a file would write it: `1h30m`, `0s`.
  package static func text(_ duration: Duration) -> String {
    var rest = duration.nanoseconds / 1_000_000
    var text = ""
    for unit in units where unit.name != "w" || rest % unit.milliseconds == 0 {
      let count = rest / unit.milliseconds
      if count > 0 { text += "\(count)\(unit.name)" }
      rest -= count * unit.milliseconds
    }
    return text.isEmpty ? "0s" : text
  }
}
