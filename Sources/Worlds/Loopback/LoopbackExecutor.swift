import Foundation

/// Runs the tasks of one loopback world on threads of its own, and counts them as activity.
final class LoopbackExecutor: TaskExecutor, @unchecked Sendable {
  // Unchecked: the mutable properties are guarded by `condition`.
  private let condition = NSCondition()
  private var queue: [UnownedJob] = []
  private var head = 0
  private var running = 0
  private var isPaused = false
  private var stopped = false
  private let activity: Activity

  init(threads: Int, activity: Activity) {
    self.activity = activity
    for number in 1...threads {
      let thread = Thread { self.work() }
      thread.name = "loopback-\(number)"
      thread.stackSize = 4 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    activity.begin()
    condition.lock()
    queue.append(job)
    condition.signal()
    condition.unlock()
  }

  /// Lets the threads end once nothing is left to run.
  func stop() {
    condition.lock()
    stopped = true
    condition.broadcast()
    condition.unlock()
  }

  /// Runs `body` on the calling thread, one of this executor's, while no other job runs.
  func whileOthersPause<Result>(_ body: () throws -> Result) rethrows -> Result {
    condition.lock()
    isPaused = true
    while running > 1 { condition.wait() }
    condition.unlock()
    defer {
      condition.lock()
      isPaused = false
      condition.broadcast()
      condition.unlock()
    }
    return try body()
  }

  private func work() {
    while let job = next() {
      job.runSynchronously(on: asUnownedTaskExecutor())
      activity.end()
      condition.lock()
      running -= 1
      if isPaused { condition.broadcast() }
      condition.unlock()
    }
  }

  private func next() -> UnownedJob? {
    condition.lock()
    defer { condition.unlock() }
    while head == queue.count || isPaused {
      if stopped { return nil }
      condition.wait()
    }
    running += 1
    let job = queue[head]
    head += 1
    if head == queue.count {
      queue.removeAll(keepingCapacity: true)
      head = 0
    }
    return job
  }
}
