import Synchronization
import Worlds

/// A reply that a person sees growing in one message: what the platform has of it so far.
struct ReplyStream: Sendable {
  /// The platform's name for the message; nil before it took anything.
  var id: String?
  /// Of the newest piece (Teams).
  var sequence = 0
  /// The platform's text of the answer so far; words about its coming do not count.
  var shown = ""
  /// When the platform was last written to.
  var writtenAt: Timestamp?
  /// The platform takes no more pieces; the whole answer it may take.
  var isClosed = false
}

/// An answer while the model writes it.
final class GrowingText: Sendable {
  private struct State {
    var text = ""
    var isFinished = false
  }

  private let state = Mutex(State())

  var text: String { state.withLock { $0.text } }
  var isFinished: Bool { state.withLock { $0.isFinished } }

  func grow(to text: String) {
    state.withLock { $0.text = text }
  }

  /// No more will come.
  func finish() {
    state.withLock { $0.isFinished = true }
  }
}
