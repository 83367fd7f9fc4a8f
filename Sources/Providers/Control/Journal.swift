package import Secrets
import Synchronization
package import Worlds

/// What the journal keeps of a request: no key, and nothing of what was said.
package struct JournalEntry: Sendable, Equatable {
  /// From 1, in the order in which the requests ended.
  package var sequence = 0
  package var order: Int
  package var requestID: String
  package var method: String
  package var path: String
  package var model: String
  package var status: Int
  package var errorCode: String?
  package var outcome: ObservedCall.Outcome
  /// Nil without a bearer credential.
  package var fingerprint: Fingerprint?
  package var keyID: String?
  package var isGrace: Bool
  package var isStreamed: Bool
  package var struckByFault: Bool
  package var requestBytes: Int
  package var promptTokens: Int
  package var completionTokens: Int
  package var arrivedAt: Timestamp
  package var endedAt: Timestamp
}

/// The last requests, whoever made them: as many as its capacity, and older ones are forgotten.
final class Journal: Sendable {
  private struct State: Sendable {
    /// A ring: entry number n stands at (n - 1) modulo the capacity.
    var entries: [JournalEntry] = []
    var last = 0
  }

  let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) {
    self.capacity = max(0, capacity)
  }

  func add(_ entry: JournalEntry) {
    guard capacity > 0 else { return }
    state.withLock { state in
      state.last += 1
      var entry = entry
      entry.sequence = state.last
      if state.entries.count < capacity {
        state.entries.append(entry)
      } else {
        state.entries[(state.last - 1) % capacity] = entry
      }
    }
  }

  /// Those after a sequence number that are still known, in order.
  func entries(after sequence: Int, limit: Int) -> [JournalEntry] {
    state.withLock { state in
      let first = max(sequence, state.last - state.entries.count)
      guard first < state.last, limit > 0 else { return [] }
      return (first..<min(first + limit, state.last)).map { state.entries[$0 % capacity] }
    }
  }

  func clear() {
    state.withLock { state in
      state.entries.removeAll()
      state.last = 0
    }
  }
}
