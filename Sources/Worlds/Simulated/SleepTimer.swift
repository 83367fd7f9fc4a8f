import HeapModule
import Synchronization

/// One sleeping task. Fired or cancelled once, whichever comes first.
final class SleepTimer: Sendable, Comparable {
  private enum Phase {
    case new
    case waiting(UnsafeContinuation<Void, any Error>)
    case over(cancelled: Bool)
  }

  let deadline: Timestamp
  /// Timers of the same moment fire in the order in which they were made.
  let sequence: Int
  private let phase = Mutex(Phase.new)

  init(deadline: Timestamp, sequence: Int) {
    self.deadline = deadline
    self.sequence = sequence
  }

  static func == (left: SleepTimer, right: SleepTimer) -> Bool {
    left === right
  }

  static func < (left: SleepTimer, right: SleepTimer) -> Bool {
    (left.deadline, left.sequence) < (right.deadline, right.sequence)
  }

  var isOver: Bool {
    phase.withLock { if case .over = $0 { true } else { false } }
  }

  /// Suspends until `fire`; `schedule` puts the timer where its clock finds it.
  nonisolated(nonsending) func wait(_ schedule: (SleepTimer) -> Void) async throws {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let cancelled = phase.withLock { phase in
          if case .over = phase { return true }
          phase = .waiting(continuation)
          return false
        }
        if cancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          schedule(self)
        }
      }
    } onCancel: {
      end(cancelled: true)?.resume(throwing: CancellationError())
    }
  }

  func fire() {
    end(cancelled: false)?.resume()
  }

  private func end(cancelled: Bool) -> UnsafeContinuation<Void, any Error>? {
    phase.withLock { phase in
      defer { if case .over = phase {} else { phase = .over(cancelled: cancelled) } }
      if case .waiting(let continuation) = phase { return continuation }
      return nil
    }
  }
}

/// Pending timers, the earliest first. Cancelled ones are dropped when they come up, or all at
/// once when they have become the most.
struct TimerQueue {
  private var heap = Heap<SleepTimer>()
  private var made = 0
  private var sweepAt = 1_024

  mutating func makeTimer(at deadline: Timestamp) -> SleepTimer {
    made += 1
    return SleepTimer(deadline: deadline, sequence: made)
  }

  mutating func insert(_ timer: SleepTimer) {
    heap.insert(timer)
    guard heap.count >= sweepAt else { return }
    heap = Heap(heap.unordered.filter { !$0.isOver })
    sweepAt = max(1_024, heap.count * 2)
  }

  var earliestDeadline: Timestamp? {
    mutating get {
      while let earliest = heap.min {
        guard earliest.isOver else { return earliest.deadline }
        heap.removeMin()
      }
      return nil
    }
  }

  mutating func popEarliest() -> SleepTimer? {
    while let earliest = heap.popMin() {
      if !earliest.isOver { return earliest }
    }
    return nil
  }
}
