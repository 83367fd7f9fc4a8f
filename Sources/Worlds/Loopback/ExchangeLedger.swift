import Synchronization

/// What is on the wire of a loopback world, exchange by exchange: an exchange is in flight while
/// one end has sent what the other has not yet received, and quiet while its server works.
final class ExchangeLedger: Sendable {
  private struct Entry {
    var server: ObjectIdentifier?
    var inFlight = true
    var written = 0
    var read = 0
    var ended = false
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var made = 0
  }

  private let activity: Activity
  private let state = Mutex(State())

  init(activity: Activity) {
    self.activity = activity
  }

  /// The client begins to send.
  func open() -> Int {
    activity.begin()
    return state.withLock { state in
      state.made += 1
      state.entries[state.made] = Entry()
      return state.made
    }
  }

  /// The client is done with the exchange, however it ended.
  func close(_ id: Int) {
    state.withLock { state in
      if state.entries.removeValue(forKey: id)?.inFlight == true { activity.end() }
    }
  }

  /// The server has the request's head.
  func arrived(_ id: Int, at server: ObjectIdentifier) {
    change(id) { entry in
      entry.server = server
      entry.inFlight = false
    }
  }

  /// The server waits for a piece of the request's body, and has it.
  func awaitingRequestBody(_ id: Int, _ waiting: Bool) {
    change(id) { $0.inFlight = waiting }
  }

  /// The server has answered; the response's head is on its way.
  func answered(_ id: Int) {
    change(id) { $0.inFlight = true }
  }

  func headReceived(_ id: Int) {
    change(id) { $0.inFlight = $0.ended || $0.written > $0.read }
  }

  func wrote(_ id: Int, bytes: Int) {
    change(id) { entry in
      entry.written += bytes
      entry.inFlight = true
    }
  }

  func read(_ id: Int, bytes: Int) {
    change(id) { entry in
      entry.read += bytes
      entry.inFlight = entry.ended || entry.written > entry.read
    }
  }

  /// The server has written the end, or broken off; the client has yet to see it.
  func finished(_ id: Int) {
    change(id) { entry in
      entry.ended = true
      entry.inFlight = true
    }
  }

  /// The server has gone: its clients have yet to see their connections break.
  func serverGone(_ server: ObjectIdentifier) {
    let ids = state.withLock { state in
      state.entries.filter { $0.value.server == server }.map(\.key)
    }
    for id in ids { finished(id) }
  }

  private func change(_ id: Int, _ change: (inout Entry) -> Void) {
    state.withLock { state in
      guard var entry = state.entries[id] else { return }
      let before = entry.inFlight
      change(&entry)
      state.entries[id] = entry
      // Counted under the lock: between two changes the clock must not see a moment of idleness.
      if entry.inFlight && !before { activity.begin() }
      if before && !entry.inFlight { activity.end() }
    }
  }
}
