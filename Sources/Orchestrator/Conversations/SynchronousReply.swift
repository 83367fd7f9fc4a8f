import Synchronization
import Worlds

/// A reply that an open HTTP exchange waits for, for a while.
final class SynchronousReply: Sendable {
  private enum State {
    case waiting
    case given(String)
    case abandoned
  }

  private let state = Mutex(State.waiting)
  private let texts: AsyncStream<String>
  private let give: AsyncStream<String>.Continuation

  init() {
    (texts, give) = AsyncStream.makeStream()
  }

  /// - Returns: whether the exchange takes the text, and with it the duty to deliver it.
  func offer(_ text: String) -> Bool {
    let isTaken = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .given(text)
      return true
    }
    if isTaken { give.yield(text) }
    return isTaken
  }

  /// No text will come this way.
  func decline() {
    state.withLock { state in
      if case .waiting = state { state = .abandoned }
    }
    give.finish()
  }

  /// Waits for the text; nil when it was declined, or the time passed without it.
  func text(within limit: Duration, _ clock: any WorldClock) async -> String? {
    _ = try? await clock.withDeadline(limit) { [texts] in
      for await _ in texts { return }
    }
    return state.withLock { state in
      if case .given(let text) = state { return text }
      state = .abandoned
      return nil
    }
  }
}
