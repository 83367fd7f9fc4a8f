import Worlds

extension Int {
  /// `1 message`, `12,345 messages`.
  func of(_ noun: String, _ plural: String? = nil) -> String {
    self == 1 ? "1 \(noun)" : "\(grouped) \(plural ?? noun + "s")"
  }

  /// `12,345`; a count is never negative.
  private var grouped: String {
    guard self >= 1_000 else { return "\(self)" }
    let rest = "\(self % 1_000)"
    return (self / 1_000).grouped + "," + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension Duration {
  /// `0.3 s`, `61.2 s`, rounded up at the last digit: what is over a bound never reads as it.
  var inSeconds: String {
    let tenths = (nanoseconds + 99_999_999) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

extension Duration {
  /// `2m05s`, `1h00m30s`, `3d02h`, for a moment in a story.
  var inClock: String {
    let seconds = max(0, nanoseconds) / 1_000_000_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if seconds >= 86_400 { return "\(seconds / 86_400)d\(two(seconds % 86_400 / 3_600))h" }
    let minutes = "\(two(seconds / 60 % 60))m\(two(seconds % 60))s"
    return seconds >= 3_600
      ? "\(seconds / 3_600)h\(minutes)" : "\(seconds / 60)m\(two(seconds % 60))s"
  }
}

extension Sequence<String> {
  var listed: String { joined(separator: ", ") }
}

extension String {
  /// With its first letter in upper case, for the beginning of a sentence.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
