import ChatPlatforms
import HTTPTypes
import NIOCore
import Synchronization
import Worlds

/// Keeps what the vendor requested for the question under way, and tells of the reply.
final class RequestTap: Sendable {
  private struct State {
    var embedding: OutgoingRequest?
    var chat: OutgoingRequest?
    var exchanges = 0
    var awaited: String?
    var replies: AsyncStream<Timestamp>.Continuation?
  }

  private let state = Mutex(State())

  func begin() {
    state.withLock { $0 = State() }
  }

  /// - Throws: `ConductorError.setupFailed` when the vendor did not ask the model.
  func end() throws -> (embedding: OutgoingRequest, chat: OutgoingRequest, exchanges: Int) {
    let state = state.withLock { $0 }
    guard let embedding = state.embedding, let chat = state.chat else {
      throw ConductorError.setupFailed("the vendor answered without asking the model")
    }
    return (embedding, chat, state.exchanges)
  }

  func replies(to message: String) -> AsyncStream<Timestamp> {
    let (stream, continuation) = AsyncStream<Timestamp>.makeStream()
    state.withLock { state in
      state.awaited = message
      state.replies = continuation
    }
    return stream
  }

  @Sendable func take(_ exchange: ObservedExchange) {
    guard VendorLife.isVendor(exchange.from) else { return }
    let request = OutgoingRequest(
      head: exchange.request,
      body: exchange.requestBody ?? ByteBuffer()
    )
    state.withLock { state in
      state.exchanges += 1
      guard exchange.host == Cast.providerHost else { return }
      switch exchange.request.path {
      case "/v1/embeddings": state.embedding = request
      case "/v1/chat/completions": state.chat = request
      default: break
      }
    }
  }

  @Sendable func take(_ observation: ChatObservation) {
    guard case .reply(let reply) = observation else { return }
    let replies = state.withLock { $0.awaited == reply.inReplyTo ? $0.replies : nil }
    replies?.yield(reply.at)
  }
}
