import Synchronization

/// What is on the wire of a loopback world, exchange by exchange: an exchange is in flight while
/// one end waits for what the other has sent, and quiet while its server works or its client is
/// busy with something else.
final class ExchangeLedger: Sendable {
  private struct Entry {
    enum Stage {
      /// The request is on its way.
      case requested
      /// The server works; it may wait for a piece of the request.
      case serving(awaitsRequest: Bool)
      /// The response's head is on its way.
      case answered
      /// The client has the head.
      case responding
    }

    var server: ObjectIdentifier?
    var stage = Stage.requested
    var written = 0
    var read = 0
    var isReading = false
    /// The end was written, or the connection is breaking: the other side has yet to see it.
    var ended = false

    var inFlight: Bool {
      switch stage {
      case .requested, .answered: true
      case .serving(let awaitsRequest): awaitsRequest || ended
      case .responding: isReading && (ended || written > read)
      }
    }
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
      entry.stage = .serving(awaitsRequest: false)
    }
  }

  /// The server waits for a piece of the request's body, and has it.
  func awaitingRequestBody(_ id: Int, _ waiting: Bool) {
    change(id) { entry in
      if case .serving = entry.stage { entry.stage = .serving(awaitsRequest: waiting) }
    }
  }

  /// The server has answered; the response's head is on its way.
  func answered(_ id: Int) {
    change(id) { $0.stage = .answered }
  }

  func headReceived(_ id: Int) {
    change(id) { $0.stage = .responding }
  }

  func wrote(_ id: Int, bytes: Int) {
    change(id) { $0.written += bytes }
  }

  /// The client waits for the next piece of the body.
  func reading(_ id: Int) {
    change(id) { $0.isReading = true }
  }

  func read(_ id: Int, bytes: Int) {
    change(id) { entry in
      entry.read += bytes
      entry.isReading = false
    }
  }

  /// The server has written the end, or somebody breaks the exchange off.
  func finished(_ id: Int) {
    change(id) { $0.ended = true }
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
