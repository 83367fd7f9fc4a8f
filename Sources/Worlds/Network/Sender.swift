import Synchronization

/// Whoever sends from an instance: alive, until it crashes.
///
/// Each open exchange leaves its `abort` here, so that a crash reaches all of them at once.
final class Sender: Sendable {
  private struct State {
    var isGone = false
    var nextID = 0
    var aborts: [Int: @Sendable () -> Void] = [:]
  }

  let name: String
  private let state = Mutex(State())

  init(name: String) {
    self.name = name
  }

  /// - Throws: `TransportError.senderGone` after a crash.
  func checkAlive() throws {
    if state.withLock({ $0.isGone }) { throw TransportError.senderGone }
  }

  /// - Throws: `TransportError.senderGone` after a crash.
  func register(_ abort: @escaping @Sendable () -> Void) throws -> Int {
    try state.withLock { state in
      guard !state.isGone else { throw TransportError.senderGone }
      state.nextID += 1
      state.aborts[state.nextID] = abort
      return state.nextID
    }
  }

  func unregister(_ id: Int) {
    state.withLock { $0.aborts[id] = nil }
  }

  func crash() {
    let aborts = state.withLock { state in
      state.isGone = true
      defer { state.aborts = [:] }
      return state.aborts.sorted { $0.key < $1.key }.map(\.value)
    }
    for abort in aborts { abort() }
  }
}
