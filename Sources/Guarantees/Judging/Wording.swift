import Worlds

extension Int {
  /// `1 message`, `12 messages`.
  func of(_ noun: String, _ plural: String? = nil) -> String {
    self == 1 ? "1 \(noun)" : "\(self) \(plural ?? noun + "s")"
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
