import Worlds

extension Step {
  /// How many messages it sends, each person's turn counted once.
  package var messages: Int {
    switch action {
    case .ask, .impostor: break
    case .press(let press) where press.button == .retry: break
    default: return 0
    }
    switch timing {
    case .at: return 1
    case .every(let interval, let from, let until):
      let span = (until - from).nanoseconds
      guard span > 0, interval.nanoseconds > 0 else { return 0 }
      return Int((span + interval.nanoseconds - 1) / interval.nanoseconds)
    }
  }
}
