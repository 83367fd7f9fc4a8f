import Worlds

/// The program's own activity: takes up what an earlier run left, then works on what comes in.
struct Worker: Sendable {
  let queue: WorkQueue
  let journal: any MessageJournal
  let assistant: Assistant
  let indexer: KnowledgeIndexer
  let custody: any KeyCustody
  let eraser: Eraser
  let waitingRoom: WaitingRoom
  let announcer: Announcer
  /// Nil where this process is alone on its storage.
  let replica: Replica?
  let drain: Drain
  let clock: any WorldClock

  private var storage: Storage { assistant.memory.storage }

  /// Returns when it is cancelled; messages under way stay journaled for the next start.
  func run() async throws {
    try takeUpUnfinished()
    // After all work has ended; of a crash the others hear by its silence.
    defer {
      try? storage.settle()
      try? replica?.leave()
    }
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { await indexer.run() }
      group.addTask { await custody.run() }
      group.addTask { await eraser.run() }
      group.addTask { await storage.deferred.run(in: storage, clock) }
      group.addTask { await waitingRoom.run() }
      group.addTask { await announcer.run() }
      if let replica {
        group.addTask { await takeOver(every: replica.heartbeat) }
      }
      for await job in queue.ready {
        group.addTask { await work(job) }
      }
      group.cancelAll()
    }
  }

  private func takeUpUnfinished() throws {
    for journaled in try journal.unfinished() {
      queue.resubmit(WorkQueue.Job(journaled: journaled))
    }
  }

  /// Takes up what other processes left, until it is cancelled.
  private func takeOver(every pause: Duration) async {
    while true {
      do { try await clock.sleep(for: pause) } catch { return }
      // A storage that cannot be used now can be later; the messages wait in it.
      try? takeUpUnfinished()
    }
  }

  private func work(_ first: WorkQueue.Job) async {
    var next: WorkQueue.Job? = first
    while let job = next, !Task.isCancelled, drain.isOpen {
      let tenant = job.journaled.message.tenant
      switch await assistant.handle(job) {
      case .done: next = queue.finish(tenant)
      case .waits(let until):
        next = queue.park(tenant)
        waitingRoom.admit(job, until: until)
      }
    }
  }
}
