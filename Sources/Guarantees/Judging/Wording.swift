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

extension Sequence<String> {
  var listed: String { joined(separator: ", ") }
}

extension String {
  /// With its first letter in upper case, for the beginning of a sentence.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
