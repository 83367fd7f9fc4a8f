import Synchronization

/// What the network between two parts does to exchanges, as the story sets it.
package struct LinkConditions: Sendable, Equatable {
  /// One way, each way.
  package var delay: ClosedRange<Duration>
  package var lossPercent: Int
  package var duplicationPercent: Int
  package var resetPercent: Int
  /// Every connection is refused.
  package var isDown: Bool

  package init(
    delay: ClosedRange<Duration> = .zero ... .zero,
    lossPercent: Int = 0,
    duplicationPercent: Int = 0,
    resetPercent: Int = 0,
    isDown: Bool = false
  ) {
    self.delay = delay
    self.lossPercent = lossPercent
    self.duplicationPercent = duplicationPercent
    self.resetPercent = resetPercent
    self.isDown = isDown
  }
}

/// The conditions of all links of a world, changed by the story while it runs.
package final class NetworkConditions: Sendable {
  private struct State {
    var standard: LinkConditions
    /// By host name.
    var links: [String: LinkConditions] = [:]
    var struck: @Sendable (String, Effect) -> Void = { _, _ in }
  }

  /// A fault that took effect on one exchange.
  package enum Effect: String, Sendable {
    case refused
    case lost
    case duplicated
    case reset
  }

  private let state: Mutex<State>

  package init(standard: LinkConditions = LinkConditions()) {
    state = Mutex(State(standard: standard))
  }

  package func conditions(to host: String) -> LinkConditions {
    state.withLock { $0.links[host] ?? $0.standard }
  }

  /// Nil returns the link to the standard.
  package func set(_ conditions: LinkConditions?, to host: String) {
    state.withLock { $0.links[host] = conditions }
  }

  package var standard: LinkConditions {
    state.withLock { $0.standard }
  }

  /// Told each time a fault takes effect: the proof that it fired.
  package func onEffect(_ struck: @escaping @Sendable (String, Effect) -> Void) {
    state.withLock { $0.struck = struck }
  }

  func tell(_ effect: Effect, host: String) {
    let struck = state.withLock { $0.struck }
    struck(host, effect)
  }
}
