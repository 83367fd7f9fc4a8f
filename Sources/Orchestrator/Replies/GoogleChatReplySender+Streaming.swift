import HTTPTypes
import NIOCore
import Wire
import Worlds

/// Google Chat has no streams: a message is made of the first piece and given new texts, within the
/// write that a space takes each second.
extension GoogleChatReplySender {
  func canStream(to message: ReceivedMessage) -> Bool { repliesByItself }

  func stableText(of markdown: String) -> String {
    PlatformText.googleChat(String(PlatformText.stable(markdown)))
  }

  func show(_ text: String, in stream: inout ReplyStream, to message: ReceivedMessage) async {
    guard let name = stream.id else {
      let response = try? await create(ReplyPart(text: text, number: 0), to: message)
      guard let response, response.head.status == .ok,
        let made = try? GoogleChat.Message(json: response.body.bytes), let name = made.name
      else {
        // It may stand there all the same: the whole answer is told by its request id.
        stream.isClosed = true
        return
      }
      stream.id = name
      stream.shown = made.text ?? ""
      return
    }
    guard let response = try? await rewrite(name, ReplyPart(text: text, number: 0)) else {
      stream.isClosed = true
      return
    }
    switch response.head.status.code {
    case 200: stream.shown = text
    // Others write into the space as well: the next piece comes later.
    case 429: break
    default: stream.isClosed = true
    }
  }

  func showComing(in stream: inout ReplyStream, to message: ReceivedMessage) async {}

  func complete(
    _ stream: ReplyStream,
    with part: ReplyPart,
    to message: ReceivedMessage
  ) async throws -> String? {
    var name = stream.id
    var shown = stream.shown
    var hasCard = false
    if name == nil {
      let response = try await create(part, to: message)
      try Self.check(response.head)
      // What an earlier run began is given back as it stands.
      let made = try? GoogleChat.Message(json: response.body.bytes)
      name = made?.name
      shown = made?.text ?? part.text
      hasCard = made?.cards != nil
    }
    if let name, shown != part.text || (part.card != nil && !hasCard) {
      try Self.check(try await rewrite(name, part).head)
    }
    // Nothing comes back by it: Google Chat has no thumbs of its own.
    return nil
  }

  private func rewrite(_ name: String, _ part: ReplyPart) async throws -> CollectedResponse {
    // A name leads nowhere but to a message.
    let path = name.split(separator: "/").map { String($0).percentEncoded }.joined(separator: "/")
    let mask = part.card == nil ? "text" : "text,cardsV2"
    return try await send(
      .patch,
      "/v1/\(path)?updateMask=\(mask)",
      Self.body(part, thread: nil)
    )
  }
}
