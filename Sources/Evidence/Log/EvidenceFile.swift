import Crypto
package import Foundation
import Synchronization

/// What stands for a log once it is whole.
package struct EvidenceSeal: Sendable, Equatable {
  /// The digest of the last line, which covers all others.
  package var root: String
  package var events: Int

  package init(root: String, events: Int) {
    self.root = root
    self.events = events
  }
}

/// The log of one story on its disk, written while the story plays. Only whole lines are written,
/// and nothing that was written is touched again: whatever ends the program, what is there is valid
/// up to its last line.
package final class EvidenceFile: Sendable {
  /// A page or two of the file system: little is lost with the program, and writing costs little.
  private static let pieceSize = 64 << 10

  private struct State {
    var lines = EvidenceLines()
    var handle: FileHandle?
    /// The first thing that went wrong; nothing is written after it.
    var failure: (any Error)?
  }

  private let url: URL
  private let state = Mutex(State())

  /// The file is made when the story begins.
  package init(at url: URL) {
    self.url = url
  }

  /// Whether anything was written.
  package var isBegun: Bool { state.withLock { $0.handle != nil } }

  /// Makes the file, in place of one that is there. What goes wrong is told by `finish`.
  package func begin(_ facts: Facts) {
    attempt { state in
      state.lines = EvidenceLines()
      try Data().write(to: url)
      state.handle = try FileHandle(forWritingTo: url)
      try state.lines.begin(facts)
      try Self.flush(&state)
    }
  }

  package func append(_ event: Event) {
    attempt { state in
      try state.lines.append(event)
      if state.lines.pending.count >= Self.pieceSize { try Self.flush(&state) }
    }
  }

  /// Writes the last line. A log that is not that of this history, because it was not kept while
  /// the story played, is written anew.
  ///
  /// - Throws: what the file system threw, now or earlier.
  package func finish(_ history: History) throws -> EvidenceSeal {
    if !isBegun || state.withLock({ $0.lines.events }) != history.events.count {
      begin(history.facts)
      for event in history.events { append(event) }
    }
    attempt { state in
      try state.lines.end()
      try Self.flush(&state)
      try state.handle?.synchronize()
      try state.handle?.close()
      state.handle = nil
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return EvidenceSeal(root: state.lines.root, events: state.lines.events)
    }
  }

  private func attempt(_ body: (inout State) throws -> Void) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        try body(&state)
      } catch {
        state.failure = error
      }
    }
  }

  private static func flush(_ state: inout State) throws {
    try state.handle?.write(contentsOf: state.lines.takePending())
  }
}
