import HeapModule
import Synchronization

/// Virtual time: it stands while anything is runnable, and then moves to the next timer.
package final class SimulatedClock: WorldClock {
  private struct State {
    var now: Timestamp
    var timers = TimerQueue()
  }

  private let state: Mutex<State>

  package init(startingAt start: Timestamp) {
    state = Mutex(State(now: start))
  }

  package var now: Timestamp {
    state.withLock { $0.now }
  }

  package func sleep(until deadline: Timestamp) async throws {
    let timer = state.withLock { $0.timers.makeTimer(at: deadline) }
    try await timer.wait { timer in
      state.withLock { $0.timers.insert(timer) }
    }
  }

  /// Moves to the earliest pending timer and fires it; false when there is none.
  func advanceToNextTimer() -> Bool {
    let timer: SleepTimer? = state.withLock { state in
      guard let timer = state.timers.popEarliest() else { return nil }
      state.now = max(state.now, timer.deadline)
      return timer
    }
    guard let timer else { return false }
    timer.fire()
    return true
  }
}
