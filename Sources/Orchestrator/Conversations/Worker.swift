/// The program's own activity: takes up what an earlier run left, then works on what comes in.
struct Worker: Sendable {
  let queue: WorkQueue
  let journal: any MessageJournal
  let assistant: Assistant
  let indexer: KnowledgeIndexer
  let eraser: Eraser

  /// Returns when it is cancelled; messages under way stay journaled for the next start.
  func run() async throws {
    for journaled in try journal.unfinished() {
      queue.resubmit(WorkQueue.Job(journaled: journaled))
    }
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { await indexer.run() }
      group.addTask { await eraser.run() }
      for await job in queue.ready {
        group.addTask { await work(job) }
      }
      group.cancelAll()
    }
  }

  private func work(_ first: WorkQueue.Job) async {
    var next: WorkQueue.Job? = first
    while let job = next, !Task.isCancelled {
      await assistant.handle(job)
      next = queue.finish(job.journaled.message.tenant)
    }
  }
}
