package import Worlds

/// Waits that double, with seeded jitter so that many waiters do not come back together.
package struct Backoff: Sendable {
  package var first: Duration
  package var longest: Duration

  package init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
  }

  /// - Parameters:
  ///   - repeats: how many repeats there were before; the first wait has 0.
  ///   - name: whose wait it is: draws of different names do not move one another.
  package func wait(after repeats: Int, for name: String, _ randomness: Randomness) -> Duration {
    let doubled = min(first * (1 << min(repeats, 20)), longest)
    var generator = randomness.generator("backoff/\(name)/\(repeats)")
    return generator.duration(in: (doubled * 3 / 4)...doubled)
  }
}
