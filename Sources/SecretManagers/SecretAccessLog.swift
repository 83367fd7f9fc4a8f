import Synchronization
import Worlds

/// Who read what, and when, in the order in which it was served. Kept by the manager, out of reach
/// of whoever reads.
package final class SecretAccessLog: Sendable {
  /// Older entries make room: a mock that runs for weeks must not fill its memory.
  package static let longest = 100_000

  private struct State {
    var entries: [SecretAccess] = []
    var count = 0
  }

  private let state = Mutex(State())
  private let clock: any WorldClock
  private let observe: @Sendable (SecretAccess) -> Void

  /// - Parameter observe: told of each entry in order; must not call back.
  init(clock: any WorldClock, observe: @escaping @Sendable (SecretAccess) -> Void) {
    self.clock = clock
    self.observe = observe
  }

  package var entries: [SecretAccess] {
    state.withLock { $0.entries }
  }

  func record(_ note: AccessNote, status: Int) {
    state.withLock { state in
      state.count += 1
      let entry = SecretAccess(
        order: state.count,
        at: clock.now,
        operation: note.operation,
        secret: note.secret,
        principal: note.principal,
        version: note.version,
        status: status,
        content: (200..<300).contains(status) ? note.content : nil
      )
      if state.entries.count >= Self.longest { state.entries.removeFirst(Self.longest / 10) }
      state.entries.append(entry)
      // Under the lock, so that whoever listens hears the order of the log.
      observe(entry)
    }
  }
}
