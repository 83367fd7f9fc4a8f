/// The only source of time for whatever runs in a world.
package protocol WorldClock: Sendable {
  var now: Timestamp { get }

  /// Returns at `deadline`, or throws `CancellationError` when the task is cancelled before it.
  func sleep(until deadline: Timestamp) async throws
}

extension WorldClock {
  package func sleep(for duration: Duration) async throws {
    try await sleep(until: now + duration)
  }

  /// Runs `operation`, and cancels it when it takes longer than `limit`.
  ///
  /// - Throws: `DeadlineExceeded` when the limit passed first, else what `operation` throws.
  package func withDeadline<Result: Sendable>(
    _ limit: Duration,
    _ operation: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        try await self.sleep(for: limit)
        throw DeadlineExceeded(limit: limit)
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }
}

/// An operation did not end within the time that its caller gave it.
package struct DeadlineExceeded: Error, Equatable {
  package var limit: Duration

  package init(limit: Duration) {
    self.limit = limit
  }
}
