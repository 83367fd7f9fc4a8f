import Worlds

/// How the end of a key reaches the machines that check keys. No provider documents its own, so a
/// client must live with all of these.
package enum RevocationPropagation: Sendable, Equatable {
  /// No call is accepted that is authenticated after the end.
  case immediate
  /// Every call is accepted for so long, and none after it.
  case delay(Duration)
  /// Each call meets one of so many replicas, which learn of the end one after the other within
  /// the window: the first at once, the last at its end. Calls are accepted and refused in turns.
  case window(Duration, replicas: Int)
}

/// The end of a key, by deletion or by being disabled.
struct KeyEnd: Sendable {
  let at: Timestamp
  /// When each replica learns of it, in order; at least one.
  private let replicas: [Timestamp]
  private var generator: SeededGenerator

  init(at: Timestamp, propagation: RevocationPropagation, generator: SeededGenerator) {
    var generator = generator
    self.at = at
    switch propagation {
    case .immediate: replicas = [at]
    case .delay(let delay): replicas = [at + delay]
    case .window(let window, let count):
      let between = (0..<max(0, count - 2)).map { _ in
        at + generator.duration(in: .zero...window)
      }
      replicas = [at] + between.sorted() + [at + window]
    }
    self.generator = generator
  }

  /// Whether the replica that a call meets has yet to hear of the end. Draws once for a call
  /// within the window, and never outside of it.
  mutating func stillAccepts(at now: Timestamp) -> Bool {
    guard let last = replicas.last, now < last else { return false }
    guard replicas.count > 1 else { return true }
    return now < replicas[generator.below(replicas.count)]
  }
}
