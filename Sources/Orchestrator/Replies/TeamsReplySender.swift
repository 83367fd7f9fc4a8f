import HTTPTypes
import NIOCore
import Wire
import Worlds

/// Replies through the Bot Framework connector.
struct TeamsReplySender: ReplySender {
  let tokens: AccessTokens
  let transport: TimedTransport
  /// With little patience: an answer waits for its typing indicator.
  let typing: TimedTransport

  /// What Teams counts, and stays below its limit with room for the envelope.
  static let longestPart = 28_000

  func parts(of markdown: String, with card: AnswerCard?) -> [ReplyPart] {
    let text = PlatformText.teams(markdown)
    guard text.utf16.count >= Self.longestPart else {
      return ReplyPart.parts(of: [text], with: card)
    }
    return ReplyPart.parts(
      of: TextSplitter.parts(of: text, limit: Self.longestPart - 1) { $0.utf16.count },
      with: card
    )
  }

  /// Text and card go in one activity, of which Teams makes two messages.
  func send(_ part: ReplyPart, to message: ReceivedMessage) async throws {
    var body = Self.activity("message", message)
    body.append(json: ",\"replyToId\":")
    body.append(jsonString: message.replyTarget)
    Self.append(part, to: &body)
    body.append(json: "}")
    let path = Self.path(message) + "/" + message.replyTarget.percentEncoded
    try Self.check(try await send(.post, body, path, message, transport).head)
  }

  static func append(_ part: ReplyPart, to body: inout [UInt8]) {
    body.append(json: ",\"textFormat\":\"markdown\",\"text\":")
    body.append(jsonString: part.text)
    part.card?.appendAttachment(to: &body)
  }

  func sendAside(
    _ part: ReplyPart,
    over stream: ReplyStream?,
    to message: ReceivedMessage
  ) async throws {
    if let stream, stream.id != nil {
      _ = try await complete(stream, with: part, to: message)
    } else {
      try await send(part, to: message)
    }
  }

  /// - Throws: `ReplyFailure`.
  static func check(_ response: HTTPResponse) throws {
    switch response.status.code {
    case 200..<300: return
    case 401: throw ReplyFailure.tokenRefused
    // 500 is documented as not to be repeated; the others as passing.
    case 412, 429, 502, 503, 504: throw ReplyFailure.transient(retryAfter: response.retryAfter)
    case let status: throw ReplyFailure.definite("status \(status)")
    }
  }

  var showsTyping: Bool { true }

  func showTyping(to message: ReceivedMessage) async {
    var body = Self.activity("typing", message)
    body.append(json: "}")
    _ = try? await send(.post, body, Self.path(message), message, typing)
  }

  func discardToken() {
    tokens.discard(.teamsConnector)
  }

  func send(
    _ method: HTTPRequest.Method,
    _ body: [UInt8],
    _ path: String,
    _ message: ReceivedMessage,
    _ transport: TimedTransport
  ) async throws -> CollectedResponse {
    guard let service = Endpoint(message.address) else {
      throw ReplyFailure.definite("no service address")
    }
    do {
      let headers: HTTPFields = [
        .authorization: try await tokens.authorization(for: .teamsConnector),
        .contentType: "application/json; charset=utf-8",
      ]
      return try await transport.deliver(
        OutgoingRequest(
          head: service.head(method, path, headers: headers),
          body: ByteBuffer(bytes: body)
        )
      )
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw ReplyFailure.transient(retryAfter: nil)
    }
  }

  static func path(_ message: ReceivedMessage) -> String {
    "/v3/conversations/\(message.conversation.percentEncoded)/activities"
  }

  /// An activity without its end, so that more members can follow.
  static func activity(_ type: StaticString, _ message: ReceivedMessage) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(2_048)
    body.append(json: "{\"type\":\"")
    body.append(json: type)
    body.append(json: "\",\"channelId\":\"msteams\",\"serviceUrl\":")
    body.append(jsonString: message.address)
    body.append(json: ",\"from\":{\"id\":")
    body.append(jsonString: message.bot ?? "")
    body.append(json: "},\"recipient\":{\"id\":")
    body.append(jsonString: message.recipient ?? "")
    body.append(json: "},\"conversation\":{\"id\":")
    body.append(jsonString: message.conversation)
    body.append(json: "}")
    return body
  }
}

extension ReceivedMessage {
  /// The activity in Teams that replies are attached to.
  var replyTarget: String { target ?? activity }
}
