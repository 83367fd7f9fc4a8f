import GRDB
import Synchronization
import Worlds

/// Writes that need not be durable at once: they are made in the transaction of the next write, or
/// by themselves a moment later.
final class DeferredWrites: Sendable {
  typealias Write = @Sendable (Database) throws -> Void

  /// Most answers take less, and they are the next write.
  private static let pause = Duration.milliseconds(1_500)

  private let waiting = Mutex<[Write]>([])
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  init() {
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

  func add(_ write: @escaping Write) {
    let isFirst = waiting.withLock { waiting in
      waiting.append(write)
      return waiting.count == 1
    }
    if isFirst { wakeUp.yield() }
  }

  /// Makes what waits, within a transaction of the caller's.
  ///
  /// - Returns: what was made, for `putBack` where the transaction fails after all.
  func make(_ database: Database) throws -> [Write] {
    let writes = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    do {
      for write in writes { try write(database) }
    } catch {
      putBack(writes)
      throw error
    }
    return writes
  }

  func putBack(_ writes: [Write]) {
    waiting.withLock { $0.insert(contentsOf: writes, at: 0) }
  }

  /// Sees to it that nothing waits for long, until it is cancelled.
  func run(in storage: Storage, _ clock: any WorldClock) async {
    for await _ in wakeUps {
      do { try await clock.sleep(for: Self.pause) } catch { return }
      // What cannot be written now is tried again with the next write.
      try? storage.settle()
    }
  }
}
