import Foundation
import Synchronization

/// Runs every task of one simulated world on the thread that called `run`, one job at a time, in
/// an order drawn from the seed; when nothing is runnable, the clock moves to the next timer.
///
/// The runtime gives no order of its own: whoever depends on one must not, and a seed shows it.
final class SimulatedExecutor: TaskExecutor, @unchecked Sendable {
  // Unchecked: `ready`, `isOver` and `generator` are touched by the world's own thread alone;
  // `enqueue` tells foreign threads apart and records them as the error that they are.
  private var ready: [UnownedJob] = []
  private var isOver = false
  private let randomness: Randomness
  /// Begun anew at each moment: what happens at others moves no order here.
  private var generator: SeededGenerator
  private let thread = pthread_self()
  private let foreignEnqueues = Mutex(0)
  private let clock: SimulatedClock

  /// - Parameter clock: moved by this executor alone.
  init(randomness: Randomness, clock: SimulatedClock) {
    self.randomness = randomness
    generator = randomness.generator("scheduling")
    self.clock = clock
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    guard pthread_equal(pthread_self(), thread) != 0 else {
      // The job is dropped: running it would race with the world's thread.
      foreignEnqueues.withLock { $0 += 1 }
      return
    }
    ready.append(job)
  }

  /// Plays `body` to its end.
  ///
  /// - Throws: `SimulationError` when the world stands still or was disturbed from outside, else
  ///   what `body` throws.
  func run<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    // The root of the world: the one unstructured task in it.
    let box = OutcomeBox<Result>()
    isOver = false
    Task(executorPreference: self) {
      do {
        box.store(.success(try await body()))
      } catch {
        box.store(.failure(error))
      }
      self.isOver = true
    }
    while true {
      runReadyJobs()
      guard foreignEnqueues.withLock({ $0 }) == 0 else { throw SimulationError.foreignThread }
      if isOver, let outcome = box.value { return try outcome.get() }
      guard clock.advanceToNextTimer() else { throw SimulationError.standstill }
      let moment = UInt64(bitPattern: clock.now.nanoseconds)
      generator = randomness.generator("scheduling", moment, 0)
    }
  }

  private func runReadyJobs() {
    while !ready.isEmpty {
      let index = generator.below(ready.count)
      ready.swapAt(index, ready.count - 1)
      let job = ready.removeLast()
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// Where the root task leaves its result for the thread that drives it.
final class OutcomeBox<Result: Sendable>: Sendable {
  private let stored = Mutex<Swift.Result<Result, any Error>?>(nil)

  var value: Swift.Result<Result, any Error>? {
    stored.withLock { $0 }
  }

  func store(_ result: Swift.Result<Result, any Error>) {
    stored.withLock { $0 = result }
  }
}

/// What ends a simulated run from within: an internal error, never a verdict.
package enum SimulationError: Error, Equatable, CustomStringConvertible {
  /// Nothing is runnable and no timer is pending, but the story is not over.
  case standstill
  /// A job arrived from outside of the world's thread: something hopped to another executor.
  case foreignThread

  package var description: String {
    switch self {
    case .standstill: "the simulated world stands still: every task waits for another"
    case .foreignThread: "the simulated world was disturbed by another thread"
    }
  }
}
