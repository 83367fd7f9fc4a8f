/// How often a failed model call is repeated.
package struct RetryPolicy: Sendable {
  package var repeats: Int
  package var backoff: Backoff

  package init(
    repeats: Int = 2,
    backoff: Backoff = Backoff(first: .milliseconds(500), longest: .seconds(8))
  ) {
    self.repeats = repeats
    self.backoff = backoff
  }

  package static let none = RetryPolicy(repeats: 0)
}
