/// One of the parts that a run is split into, so that several machines can play it.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// From 1.
  package let number: Int
  package let count: Int

  /// Nil unless it is one of so many, and there are at least two.
  package init?(_ number: Int, of count: Int) {
    guard count >= 2, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `2/8`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number, of: count)
    // `+2/08` is no other way to say it.
    guard description == text else { return nil }
  }

  package var description: String { "\(number)/\(count)" }

  /// Why a story is not played in another part.
  package var reasonElsewhere: String { "plays in shard \(self)" }
}

extension ScenarioResult {
  /// Whether another part of the run plays it, rather than nobody.
  package func isElsewhere(of count: Int) -> Bool {
    guard case .notRun(let reason) = ending else { return false }
    return (1...count).contains { Shard($0, of: count)?.reasonElsewhere == reason }
  }
}
