import Synchronization
import Worlds

/// A stop in good order: what is under way gets its time, nothing new is begun, messages that still
/// come are kept for the next start (not every platform brings one twice), and what a platform is
/// just being handed is finished and journaled whatever happens. A program that is cut off there
/// would say the same thing twice after its next start.
final class Drain: Sendable {
  private enum Phase {
    case serving
    case draining
    /// The time is over: nothing more is begun.
    case closed
  }

  private struct State {
    var phase = Phase.serving
    var requests = 0
    var deliveries = 0
  }

  private static let glance = Duration.milliseconds(20)
  /// What is handed over ends by its own time-out before that, the token that it needs included.
  static let lastHandover = Duration.seconds(25)

  private let state = Mutex(State())

  /// False once the time of what is under way is over.
  var isOpen: Bool { state.withLock { $0.phase != .closed } }

  /// Whether what is new may be worked on.
  var isServing: Bool { state.withLock { $0.phase == .serving } }

  /// Answers a request, unless the program stops.
  ///
  /// - Parameter evenStopping: whether it is answered all the same.
  /// - Returns: nil where it is not.
  func serving<Result>(
    evenStopping: Bool,
    _ answer: () async throws -> Result
  ) async rethrows -> Result? {
    let mayBegin = state.withLock { state in
      guard state.phase == .serving || evenStopping else { return false }
      state.requests += 1
      return true
    }
    guard mayBegin else { return nil }
    defer { state.withLock { $0.requests -= 1 } }
    return try await answer()
  }

  /// Hands something to a platform and journals that it was taken, undivided.
  ///
  /// - Throws: `CancellationError` when the time for it is over, and what `handover` throws.
  func undivided<Result>(_ handover: () async throws -> Result) async throws -> Result {
    try state.withLock { state in
      guard state.phase != .closed else { throw CancellationError() }
      state.deliveries += 1
    }
    defer { state.withLock { $0.deliveries -= 1 } }
    return try await handover()
  }

  /// Returns when the program may be stopped; at the latest `lastHandover` after the limit.
  ///
  /// - Parameter isIdle: whether no message is worked on.
  func run(within limit: Duration, _ clock: any WorldClock, isIdle: () -> Bool) async {
    state.withLock { $0.phase = .draining }
    await wait(limit, clock) { state in state.requests == 0 && state.deliveries == 0 && isIdle() }
    state.withLock { $0.phase = .closed }
    await wait(Self.lastHandover, clock) { $0.deliveries == 0 }
  }

  /// Looks from time to time, and not at once: whoever wrote an answer lets it out first.
  private func wait(
    _ limit: Duration,
    _ clock: any WorldClock,
    until isDone: (State) -> Bool
  ) async {
    let end = clock.now + limit
    repeat {
      do { try await clock.sleep(for: Self.glance) } catch { return }
    } while !isDone(state.withLock { $0 }) && clock.now < end
  }
}
