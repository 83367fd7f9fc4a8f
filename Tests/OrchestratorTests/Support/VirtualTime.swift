import Foundation
import Synchronization
import Worlds

/// One thread and virtual time for a test: when nothing can run, the clock jumps to the next timer.
final class VirtualTime: TaskExecutor, WorldClock, Sendable {
  struct Stuck: Error {}

  private struct Timer {
    var at: Timestamp
    var order: Int
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Timestamp(unixSeconds: 1_800_000_000)
    var ready: ArraySlice<UnownedJob> = []
    var timers: [Timer] = []
    var nextOrder = 0
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  /// Runs `body` to its end on this thread.
  static func run(_ body: @escaping @Sendable (VirtualTime) async throws -> Void) throws {
    let time = VirtualTime()
    let box = ResultBox()
    Task(executorPreference: time) {
      do {
        try await body(time)
        box.set(.success(()))
      } catch {
        box.set(.failure(error))
      }
    }
    var idle = 0
    while true {
      if let job = time.state.withLock({ $0.ready.popFirst() }) {
        job.runSynchronously(on: time.asUnownedTaskExecutor())
        idle = 0
      } else if let outcome = box.value {
        return try outcome.get()
      } else if let timer = time.popTimer() {
        timer.continuation.resume()
        idle = 0
      } else {
        // A job may be on its way from another thread; for long it cannot be.
        idle += 1
        guard idle < 2_000 else { throw Stuck() }
        usleep(1_000)
      }
    }
  }

  var now: Timestamp { state.withLock { $0.now } }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    state.withLock { $0.ready.append(unowned) }
  }

  func sleep(until deadline: Timestamp) async throws {
    let order = state.withLock { state in
      state.nextOrder += 1
      return state.nextOrder
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = state.withLock { state in
          guard !state.cancelled.contains(order) else { return true }
          state.timers.append(Timer(at: deadline, order: order, continuation: continuation))
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let timer = state.withLock { state -> Timer? in
        guard let index = state.timers.firstIndex(where: { $0.order == order }) else {
          state.cancelled.insert(order)
          return nil
        }
        return state.timers.remove(at: index)
      }
      timer?.continuation.resume(throwing: CancellationError())
    }
  }

  private func popTimer() -> Timer? {
    state.withLock { state in
      let next = state.timers.indices.min { left, right in
        (state.timers[left].at, state.timers[left].order)
          < (state.timers[right].at, state.timers[right].order)
      }
      guard let next else { return nil }
      let timer = state.timers.remove(at: next)
      state.now = max(state.now, timer.at)
      return timer
    }
  }
}

private final class ResultBox: Sendable {
  private let stored = Mutex<Result<Void, any Error>?>(nil)

  var value: Result<Void, any Error>? { stored.withLock { $0 } }

  func set(_ result: Result<Void, any Error>) {
    stored.withLock { $0 = result }
  }
}
