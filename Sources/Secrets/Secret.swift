/// A key or password. It cannot be printed, logged, reflected or encoded by accident: the value
/// comes out through `reveal` alone, and every call of it can be found by its name.
package struct Secret: Sendable {
  private let value: String

  package init(_ value: String) {
    self.value = value
  }

  /// Hands the value to `use`, for the moment of a call. Whoever keeps it answers for it.
  package func reveal<Result, Failure: Error>(
    _ use: (String) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try use(value)
  }

  /// What an administrator may see of a key again, to recognise it. Empty for a value so short
  /// that four characters would give away much of it.
  package var lastFour: String {
    value.utf8.count >= 16 ? String(value.suffix(4)) : ""
  }
}

extension Secret: Hashable {
  /// Compares in time that depends on the lengths alone, so that a guess learns nothing from
  /// how long its refusal takes.
  package static func == (left: Secret, right: Secret) -> Bool {
    let leftBytes = Array(left.value.utf8)
    let rightBytes = Array(right.value.utf8)
    guard leftBytes.count == rightBytes.count else { return false }
    var difference: UInt8 = 0
    for index in leftBytes.indices { difference |= leftBytes[index] ^ rightBytes[index] }
    return difference == 0
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(value)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "[secret]" }
  package var debugDescription: String { "[secret]" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
