import HTTPTypes
import NIOCore
import Wire
import Worlds

/// Teams shows growing answers in personal chats alone: typing activities of a rising sequence,
/// each with the whole text so far, and a final message without one.
extension TeamsReplySender {
  private static let coming = "Looking for an answer ..."

  func canStream(to message: ReceivedMessage) -> Bool { !message.isGroup }

  func stableText(of markdown: String) -> String {
    PlatformText.teams(String(PlatformText.stable(markdown)))
  }

  func show(_ text: String, in stream: inout ReplyStream, to message: ReceivedMessage) async {
    await add(text, "streaming", to: &stream, message)
    if !stream.isClosed { stream.shown = text }
  }

  func showComing(in stream: inout ReplyStream, to message: ReceivedMessage) async {
    await add(Self.coming, "informative", to: &stream, message)
  }

  private func add(
    _ text: String,
    _ type: StaticString,
    to stream: inout ReplyStream,
    _ message: ReceivedMessage
  ) async {
    stream.sequence += 1
    var body = Self.activity("typing", message)
    let part = ReplyPart(text: text, number: 0)
    Self.append(part, streamed: type, stream.sequence, in: stream, message, to: &body)
    let response = try? await send(.post, body, Self.path(message), message, typing)
    guard let response, (200..<300).contains(response.head.status.code) else {
      // Whether it arrived is not known, so nothing may build on it.
      stream.isClosed = true
      return
    }
    if stream.id == nil { stream.id = Self.id(in: response.body) }
    if stream.id == nil { stream.isClosed = true }
  }

  func complete(
    _ stream: ReplyStream,
    with part: ReplyPart,
    to message: ReceivedMessage
  ) async throws -> String? {
    guard let id = stream.id else {
      try await send(part, to: message)
      return nil
    }
    if !stream.isClosed, part.text.hasPrefix(stream.shown) {
      var body = Self.activity("message", message)
      Self.append(part, streamed: "final", nil, in: stream, message, to: &body)
      let path = Self.path(message) + "/" + message.replyTarget.percentEncoded
      let response = try await send(.post, body, path, message, transport)
      // A stream that Teams has closed is written over.
      guard [400, 403].contains(response.head.status.code) else {
        try Self.check(response.head)
        return id
      }
    }
    var body = Self.activity("message", message)
    Self.append(part, to: &body)
    if part.card != nil {
      body.append(json: ",\"channelData\":{")
      body.append(json: Self.feedbackLoop)
      body.append(json: "}")
    }
    body.append(json: "}")
    let path = Self.path(message) + "/" + id.percentEncoded
    try Self.check(try await send(.put, body, path, message, transport).head)
    return id
  }

  /// Asks Teams to put its own thumbs under an answer whose id it has told: by that they come back.
  private static let feedbackLoop: StaticString = "\"feedbackLoop\":{\"type\":\"default\"}"

  /// Ends the activity. What the entity says stands in the channel's data too, as the kits of
  /// Microsoft send it.
  private static func append(
    _ part: ReplyPart,
    streamed type: StaticString,
    _ sequence: Int?,
    in stream: ReplyStream,
    _ message: ReceivedMessage,
    to body: inout [UInt8]
  ) {
    var info: [UInt8] = []
    info.append(json: "\"streamType\":\"")
    info.append(json: type)
    info.append(json: "\"")
    if let sequence {
      info.append(json: ",\"streamSequence\":")
      info.append(jsonNumber: sequence)
    }
    if let id = stream.id {
      info.append(json: ",\"streamId\":")
      info.append(jsonString: id)
    }
    body.append(json: ",\"replyToId\":")
    body.append(jsonString: message.replyTarget)
    append(part, to: &body)
    body.append(json: ",\"entities\":[{\"type\":\"streaminfo\",")
    body.append(contentsOf: info)
    body.append(json: "}],\"channelData\":{")
    body.append(contentsOf: info)
    if part.card != nil {
      body.append(json: ",")
      body.append(json: feedbackLoop)
    }
    body.append(json: "}}")
  }

  static func id(in body: ByteBuffer) -> String? {
    var reader = JSONReader(body.bytes)
    var id: String?
    try? reader.readObject { name, reader in
      if name == "id", try reader.nextKind() == .string {
        id = try reader.readString()
      } else {
        try reader.skipValue()
      }
    }
    return id
  }
}
