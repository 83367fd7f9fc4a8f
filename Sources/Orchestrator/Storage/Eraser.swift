import Logging
import Worlds

/// Takes deleted texts out of the files themselves. SQLite overwrites what it deletes, but copies
/// may remain in pages that were rearranged and in the write-ahead log: so the file is rewritten
/// and the log emptied, at once after something was erased, and at most once in `pause`.
final class Eraser: Sendable {
  static let pause = Duration.seconds(600)
  private static let busyPause = Duration.seconds(30)

  private let storage: Storage
  private let clock: any WorldClock
  private let logger: Logger
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  init(storage: Storage, clock: any WorldClock, logger: Logger) {
    self.storage = storage
    self.clock = clock
    self.logger = logger
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Something was erased.
  func wake() {
    wakeUp.yield()
  }

  /// Works until it is cancelled; what an earlier run left is done first.
  func run() async {
    wake()
    for await _ in wakeUps {
      while !Task.isCancelled {
        let wait: Duration
        do {
          guard try storage.hasErasures() else { break }
          try storage.rewrite()
          wait = Self.pause
        } catch {
          logger.warning("Erased texts are still in the files; they are rewritten later")
          wait = Self.busyPause
        }
        do { try await clock.sleep(for: wait) } catch { return }
      }
    }
  }
}
