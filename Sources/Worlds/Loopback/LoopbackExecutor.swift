import NIOCore

/// Runs the tasks of one loopback world on the event loop that its sockets live on, and counts them
/// as activity. Work goes from a socket to whoever waits for it without a change of threads, which
/// would cost more than most of the work.
final class LoopbackExecutor: TaskExecutor {
  private let loop: any EventLoop
  private let activity: Activity

  init(loop: any EventLoop, activity: Activity) {
    self.loop = loop
    self.activity = activity
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    activity.begin()
    loop.execute {
      job.runSynchronously(on: self.asUnownedTaskExecutor())
      self.activity.end()
    }
  }
}
