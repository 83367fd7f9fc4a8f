import Dispatch
import Foundation

/// SIGINT and SIGTERM, as something to wait for.
final class StopSignals: Sendable {
  private let stream: AsyncStream<Void>
  /// Unsafe by name only: sources may be used from any thread, but are not marked so.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    self.stream = stream
    sources = [SIGINT, SIGTERM].map { number in
      // The default action would end the program before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Returns when the process is told to stop once more, or the task is cancelled.
  func next() async {
    for await _ in stream { return }
  }
}
