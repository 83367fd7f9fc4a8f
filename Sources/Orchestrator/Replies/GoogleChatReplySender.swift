import HTTPTypes
import NIOCore
import Wire
import Worlds

/// Replies through the Google Chat REST API; a request id makes a repetition harmless.
struct GoogleChatReplySender: ReplySender {
  let api: Endpoint
  let tokens: AccessTokens
  let transport: TimedTransport
  /// And not in the answer to a delivery, which cannot grow.
  let repliesByItself: Bool

  /// Bytes of a whole message; the text is kept shorter, for its envelope, its escapes and the
  /// card under it.
  static let longestMessage = 32_000
  private static let longestPart = 30_000 - AnswerCard.longest

  func parts(of markdown: String, with card: AnswerCard?) -> [ReplyPart] {
    let text = PlatformText.googleChat(markdown)
    guard Self.size(text) > Self.longestPart else { return ReplyPart.parts(of: [text], with: card) }
    return ReplyPart.parts(
      of: TextSplitter.parts(of: text, limit: Self.longestPart) { Self.size(String($0)) },
      with: card
    )
  }

  func send(_ part: ReplyPart, to message: ReceivedMessage) async throws {
    try Self.check(try await create(part, to: message).head)
  }

  /// What a stream shows becomes the reply itself, sooner or later.
  func sendAside(
    _ part: ReplyPart,
    over _: ReplyStream?,
    to message: ReceivedMessage
  ) async throws {
    try Self.check(try await create(part, named: "aside", to: message).head)
  }

  /// One message for one number, however often it is asked for.
  func create(
    _ part: ReplyPart,
    to message: ReceivedMessage
  ) async throws -> CollectedResponse {
    try await create(part, named: "\(part.number)", to: message)
  }

  private func create(
    _ part: ReplyPart,
    named name: String,
    to message: ReceivedMessage
  ) async throws -> CollectedResponse {
    let request = "\(message.activity.replacing("/", with: "-"))-\(name)"
    let path =
      "/v1/\(message.address)/messages?requestId=\(request.percentEncoded)"
      + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"
    return try await send(.post, path, Self.body(part, thread: message.thread))
  }

  func send(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: [UInt8]
  ) async throws -> CollectedResponse {
    do {
      let headers: HTTPFields = [
        .authorization: try await tokens.authorization(for: .googleChat),
        .contentType: "application/json",
      ]
      return try await transport.collect(
        OutgoingRequest(
          head: api.head(method, path, headers: headers),
          body: ByteBuffer(bytes: body)
        )
      )
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw ReplyFailure.transient(retryAfter: nil)
    }
  }

  /// - Throws: `ReplyFailure`.
  static func check(_ response: HTTPResponse) throws {
    switch response.status.code {
    case 200..<300: return
    case 401: throw ReplyFailure.tokenRefused
    case 429, 500...: throw ReplyFailure.transient(retryAfter: response.retryAfter)
    case let status: throw ReplyFailure.definite("status \(status)")
    }
  }

  /// Chat apps cannot show that they are typing.
  var showsTyping: Bool { false }

  func showTyping(to message: ReceivedMessage) async {}

  func discardToken() {
    tokens.discard(.googleChat)
  }

  /// The `Message` that answers, here and in a synchronous answer.
  static func body(_ part: ReplyPart, thread: String?) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(2_048)
    body.append(json: "{\"text\":")
    body.append(jsonString: part.text)
    part.card?.appendCards(to: &body)
    if let thread {
      body.append(json: ",\"thread\":{\"name\":")
      body.append(jsonString: thread)
      body.append(json: "}")
    }
    body.append(json: "}")
    return body
  }

  /// Bytes on the wire, quotes not counted.
  private static func size(_ text: String) -> Int {
    text.utf8.reduce(0) { size, byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x0a, 0x0d, 0x09: size + 2
      case 0..<0x20: size + 6
      default: size + 1
      }
    }
  }
}
