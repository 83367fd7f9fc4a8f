import Worlds

/// Begins things when they are due, whatever became of those before. A generator that waited for
/// answers would ask least of all while nobody answers, and so hide a stall from its own figures
/// (coordinated omission).
struct OpenLoop: Sendable {
  let clock: any WorldClock

  /// Returns when all that was begun has ended.
  ///
  /// - Parameters:
  ///   - items: in the order in which they are due.
  ///   - begin: told when it really began, which may be later than was intended.
  /// - Throws: `CancellationError`.
  func run<Item: Sendable>(
    _ items: [(due: Timestamp, item: Item)],
    _ begin: @escaping @Sendable (Item, Timestamp) async -> Void
  ) async throws {
    let clock = clock
    try await withThrowingDiscardingTaskGroup { group in
      for (due, item) in items {
        try await clock.sleep(until: due)
        group.addTask { await begin(item, clock.now) }
      }
    }
  }
}
