import Synchronization
package import Worlds

/// Where the parts of the harness report what they saw: numbers each event, dates it, keeps it.
package final class Recorder: Sendable {
  private let facts: Facts
  private let now: @Sendable () -> Timestamp
  private let log: EvidenceFile?
  private let events = Mutex<[Event]>([])

  /// - Parameters:
  ///   - log: where each event is written at once; nil where the history is written when it is
  ///     over.
  ///   - now: the clock of the world that is watched.
  package init(
    facts: Facts,
    log: EvidenceFile? = nil,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.facts = facts
    self.log = log
    self.now = now
    log?.begin(facts)
  }

  /// Appends an event.
  ///
  /// - Returns: its id, from 1 without gaps, in the order of recording.
  @discardableResult
  package func record(_ kind: Event.Kind) -> Int {
    events.withLock { events in
      // The clock is read under the lock, so that ids and times rise together.
      let event = Event(id: events.count + 1, at: now(), kind: kind)
      events.append(event)
      log?.append(event)
      return event.id
    }
  }

  package var count: Int {
    events.withLock { $0.count }
  }

  /// All that was recorded so far.
  package var history: History {
    History(facts: facts, events: events.withLock { $0 })
  }
}
