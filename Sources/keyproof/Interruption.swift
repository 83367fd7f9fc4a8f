import Dispatch
import Foundation
import Guarantees
import Synchronization

/// Ends the program at Ctrl-C: at once while stories are played, and not while a report is being
/// written, so that none is ever left half-written.
///
/// Worlds have threads of their own that no cancellation reaches in the middle of a story, which is
/// why the program ends from here and does not wait for them.
final class Interruption: Sendable {
  private struct State {
    var isWriting = false
    var isAsked = false
    /// Where evidence is kept of what was played so far.
    var evidence: URL?
  }

  private let state = Mutex(State())
  /// Unsafe by name only: sources may be used from any thread, but are not marked so.
  private nonisolated(unsafe) let source: any DispatchSourceSignal
  private let terminal: Terminal
  private let workspace: Workspace

  /// Watches until it is released.
  init(terminal: Terminal, workspace: Workspace) {
    self.terminal = terminal
    self.workspace = workspace
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    // The default action would end the program before the source hears of it.
    signal(SIGINT, SIG_IGN)
    source.setEventHandler { [weak self] in self?.interrupt() }
    source.resume()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  /// Says where evidence goes, so that whoever interrupts hears where it is.
  func keeps(_ evidence: URL) {
    state.withLock { $0.evidence = evidence }
  }

  /// Does the writing of a result; whoever interrupts it is heard when it is done.
  func shielding<Result>(_ write: () throws -> Result) rethrows -> Result {
    state.withLock { $0.isWriting = true }
    defer {
      let isAsked = state.withLock { state in
        state.isWriting = false
        return state.isAsked
      }
      if isAsked { end() }
    }
    return try write()
  }

  private func interrupt() {
    let isWriting = state.withLock { state in
      state.isAsked = true
      return state.isWriting
    }
    if !isWriting { end() }
  }

  private func end() -> Never {
    // A story that is still being played may put a file back while its directory is taken away.
    for _ in 0..<10 where FileManager.default.fileExists(atPath: workspace.directory.path) {
      workspace.remove()
    }
    var kept = ""
    // Gone once the report is in its place.
    if let place = state.withLock({ $0.evidence?.path }),
      FileManager.default.fileExists(atPath: place)
    {
      kept = "; the evidence up to here is in \(place)"
    }
    terminal.error("interrupted\(kept)")
    // Not `exit`, which runs what the stories' threads may still be using.
    _exit(ExitStatus.interrupted.rawValue)
  }
}
