import Evidence
import Worlds

extension Stage {
  /// Waits until every message has its reply, and no longer than `limit`.
  func repliesCome(within limit: Duration) async throws {
    let end = world.clock.now + limit
    while world.clock.now < end, hasOpenMessages {
      try await world.clock.sleep(for: .milliseconds(50))
    }
    // A second reply to a message would come now.
    try await world.clock.sleep(for: .milliseconds(500))
  }

  private var hasOpenMessages: Bool {
    var open: Set<String> = []
    for event in recorder.history.events {
      switch event.kind {
      case .messageSent(let sent): open.insert(sent.message)
      case .reply(let reply) where reply.nature != .partial:
        if let message = reply.message { open.remove(message) }
      default: break
      }
    }
    return !open.isEmpty
  }
}
