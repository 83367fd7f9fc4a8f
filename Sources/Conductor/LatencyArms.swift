import Evidence
import Synchronization
import Worlds

/// Meters one measured question at a time: what the vendor requested for it, what the provider
/// itself took, and when the reply came.
final class LatencyArms: Sendable {
  private struct State {
    var message: String?
    var replied: AsyncStream<Void>.Continuation?
    var upstream = Duration.zero
    var requests = 0
    var bytes = 0
    var spent = Event.LatencyPair.Spent(manager: .zero, provider: .zero)
  }

  /// Whom a measured exchange was with.
  enum Partner {
    case provider
    case manager
    case other
  }

  private let state = Mutex(State())

  /// Begins to meter `message`.
  ///
  /// - Returns: a stream that yields when its reply has arrived.
  func begin(_ message: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    state.withLock { $0 = State(message: message, replied: continuation) }
    return stream
  }

  func end() -> (
    upstream: Duration, requests: Int, bytes: Int, spent: Event.LatencyPair.Spent
  ) {
    state.withLock { state in
      defer { state = State() }
      return (state.upstream, state.requests, state.bytes, state.spent)
    }
  }

  var requests: Int {
    state.withLock { $0.requests }
  }

  func addRequest(bytes: Int, with partner: Partner, took: Duration) {
    state.withLock { state in
      guard state.message != nil else { return }
      state.requests += 1
      state.bytes += bytes
      switch partner {
      case .provider: state.spent.provider += took
      case .manager: state.spent.manager += took
      case .other: break
      }
    }
  }

  func add(upstream: Duration) {
    state.withLock { state in
      if state.message != nil { state.upstream += upstream }
    }
  }

  func replied(to message: String) {
    let continuation = state.withLock { $0.message == message ? $0.replied : nil }
    continuation?.yield()
  }
}
