import Worlds

extension Step {
  /// How many messages it sends, each person's turn counted once.
  package var messages: Int {
    let burst: Int
    switch action {
    case .ask(let ask): burst = ask.burst
    case .impostor: burst = 1
    case .press(let press) where press.button == .retry: burst = 1
    default: return 0
    }
    switch timing {
    case .at: return burst
    case .every(let interval, let from, let until):
      let span = (until - from).nanoseconds
      guard span > 0, interval.nanoseconds > 0 else { return 0 }
      return burst * Int((span + interval.nanoseconds - 1) / interval.nanoseconds)
    }
  }
}
