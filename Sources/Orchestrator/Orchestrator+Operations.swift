import GRDB

/// What whoever operates the program may ask of it.
extension Orchestrator {
  /// Messages that wait or are worked on.
  package var outstandingMessages: Int { queue.outstandingJobs }

  /// - Throws: what the storage throws when it cannot be used.
  package func checkStorage() throws {
    try storage.access { try $0.execute(sql: "SELECT count(*) FROM keys") }
  }
}
