import GRDB

/// What whoever operates the program may ask of it.
extension Orchestrator {
  /// Messages that wait or are worked on.
  package var outstandingMessages: Int { queue.outstandingJobs }

  /// Messages that a stop in good order is worth waiting for: what waits for a customer's key can
  /// wait for the next start as well.
  package var messagesUnderWay: Int { queue.jobsUnderWay }

  /// - Throws: what the storage throws when it cannot be used.
  package func checkStorage() throws {
    try storage.access { try $0.execute(sql: "SELECT count(*) FROM keys") }
  }
}
