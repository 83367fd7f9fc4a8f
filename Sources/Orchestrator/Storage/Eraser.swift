import Logging
import Worlds

/// Takes deleted texts out of the files themselves. SQLite overwrites what it deletes, but copies
/// may remain in pages that were rearranged and in the write-ahead log: so the file is rewritten
/// and the log emptied, at once after something was erased, and at most once in a while.
final class Eraser: Sendable {
  /// Where conversations are kept, something is erased now and then; else by every answer, and the
  /// customer was promised that it is soon gone.
  static let pauses = (keeping: Duration.seconds(600), forgetting: Duration.seconds(60))
  private static let busyPause = Duration.seconds(30)

  private let storage: Storage
  private let clock: any WorldClock
  private let logger: Logger
  private let pause: Duration
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  init(_ environment: OrchestratorEnvironment) {
    storage = environment.storage
    clock = environment.surroundings.clock
    logger = environment.surroundings.logger
    let keepsAll = environment.configuration.tenants.allSatisfy(\.keepsConversations)
    pause = keepsAll ? Self.pauses.keeping : Self.pauses.forgetting
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
          wait = pause
        } catch {
          logger.warning("Erased texts are still in the files; they are rewritten later")
          wait = Self.busyPause
        }
        do { try await clock.sleep(for: wait) } catch { return }
      }
    }
  }
}
