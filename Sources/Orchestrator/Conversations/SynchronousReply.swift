import Synchronization
import Worlds

/// A reply that an open HTTP exchange waits for, for a while.
final class SynchronousReply: Sendable {
  /// What the exchange answers with, and what it is made of, if it has to be sent another way.
  struct Reply: Sendable {
    var part: ReplyPart
    var outcome: JournaledMessage.Outcome
  }

  private enum State {
    case waiting
    case given(Reply)
    case abandoned
  }

  private let state = Mutex(State.waiting)
  private let given: AsyncStream<Void>
  private let give: AsyncStream<Void>.Continuation

  init() {
    (given, give) = AsyncStream.makeStream()
  }

  /// - Returns: whether the exchange takes the reply, and with it the duty to deliver it.
  func offer(_ reply: Reply) -> Bool {
    let isTaken = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .given(reply)
      return true
    }
    if isTaken { give.yield() }
    return isTaken
  }

  /// No reply will come this way.
  func decline() {
    state.withLock { state in
      if case .waiting = state { state = .abandoned }
    }
    give.finish()
  }

  /// Waits for the reply; nil when it was declined, or the time passed without it.
  func reply(within limit: Duration, _ clock: any WorldClock) async -> Reply? {
    _ = try? await clock.withDeadline(limit) { [given] in
      for await _ in given { return }
    }
    return state.withLock { state in
      if case .given(let reply) = state { return reply }
      state = .abandoned
      return nil
    }
  }
}
