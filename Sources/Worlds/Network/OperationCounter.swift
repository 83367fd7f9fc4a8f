import Synchronization

/// Counts what one instance does to the wire and to its disk, and strikes at one of these
/// operations: so a story can be played again with a crash at each of them in turn.
///
/// An exchange is three operations (before it is sent, when its answer's head is there, when its
/// body was read), an access to the storage two (before it, and when it is done). Where one thing
/// is done and the next begins at the same moment, with nothing on the wire and nothing on the disk
/// in between, a crash leaves the same world before as after: the two count as one.
package final class OperationCounter: Sendable {
  private struct State {
    var count: Int?
    var target: Int?
    var strike: @Sendable () -> Void = {}
    /// When the last operation was done; nil where something has happened since.
    var restsSince: Timestamp?
  }

  /// Name of the instance; its later lives count on.
  let instance: String
  private let state = Mutex(State())

  package init(of instance: String) {
    self.instance = instance
  }

  /// Counts from here on.
  ///
  /// - Parameters:
  ///   - target: the operation, from 1, that is struck; nil counts only.
  ///   - strike: called in the middle of the program, once, before the operation is done.
  package func begin(strikingAt target: Int?, _ strike: @escaping @Sendable () -> Void) {
    state.withLock { $0 = State(count: 0, target: target, strike: strike) }
  }

  /// Strikes no more, and lets go of whom it would have struck; the count stays.
  package func end() {
    state.withLock { state in
      state.target = nil
      state.strike = {}
    }
  }

  /// Operations since `begin`.
  package var count: Int { state.withLock { $0.count ?? 0 } }

  /// Something came for the instance, or went from it, that is no operation: a request that it
  /// serves, or a piece of its response.
  func passed() {
    state.withLock { $0.restsSince = nil }
  }

  func operation(_ side: Surroundings.Side, at now: Timestamp) {
    let strike = state.withLock { state -> (@Sendable () -> Void)? in
      let isSamePlace = side == .before && state.restsSince == now
      state.restsSince = side == .after ? now : nil
      guard let count = state.count, !isSamePlace else { return nil }
      state.count = count + 1
      return count + 1 == state.target ? state.strike : nil
    }
    strike?()
  }
}

/// Counts the exchanges of an instance, beneath everything that it wraps around its transport.
struct CountedTransport: HTTPTransport {
  let base: any HTTPTransport
  let sender: Sender
  let counter: OperationCounter
  let clock: any WorldClock

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    counter.operation(.before, at: clock.now)
    try sender.checkAlive()
    return try await base.exchange(request) { response in
      counter.operation(.after, at: clock.now)
      try sender.checkAlive()
      let result = try await use(response)
      counter.operation(.after, at: clock.now)
      try sender.checkAlive()
      return result
    }
  }
}
