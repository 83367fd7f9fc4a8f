import Logging
import Synchronization
import Worlds

/// The newest lines of the program's log, kept in memory for engineers to search. They are also
/// wherever the program logs to.
package final class RecentLog: Sendable {
  package struct Line: Sendable {
    var at: Timestamp
    var level: Logger.Level
    /// The organization that the line speaks of; nil for the program itself.
    var tenant: String?
    var text: String
  }

  static let capacity = 2_000
  private static let longestLine = 1_000

  private let lines = Mutex<ArraySlice<Line>>([])
  private let clock: any WorldClock

  init(clock: any WorldClock) {
    self.clock = clock
  }

  /// A logger that writes as `logger` does, and here.
  func beside(_ logger: Logger) -> Logger {
    var both = logger
    both.handler = Handler(base: logger.handler, log: self)
    return both
  }

  /// What an engineer of one organization may see, newest first: its own lines and the program's.
  func lines(of tenant: String, containing text: String, atMost limit: Int) -> [Line] {
    lines.withLock { lines in
      var found: [Line] = []
      for line in lines.reversed() where found.count < limit {
        guard line.tenant == nil || line.tenant == tenant,
          text.isEmpty || line.text.contains(text)
        else { continue }
        found.append(line)
      }
      return found
    }
  }

  private func add(_ event: LogEvent, _ metadata: Logger.Metadata) {
    var text = "\(event.message)"
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(value)" }
    let line = Line(
      at: clock.now,
      level: event.level,
      tenant: metadata["tenant"].map { "\($0)" },
      text: String(text.prefix(Self.longestLine))
    )
    lines.withLock { lines in
      lines.append(line)
      if lines.count > Self.capacity { lines.removeFirst() }
    }
  }

  private struct Handler: LogHandler {
    var base: any LogHandler
    let log: RecentLog

    /// Engineers can search what is worth noting, also where the program's own output is quieter.
    var logLevel: Logger.Level {
      get { min(base.logLevel, .info) }
      set { base.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
      get { base.metadata }
      set { base.metadata = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { base[metadataKey: key] }
      set { base[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
      if event.level >= base.logLevel { base.log(event: event) }
      log.add(event, base.metadata.merging(event.metadata ?? [:]) { _, own in own })
    }
  }
}
