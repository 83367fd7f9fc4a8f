import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Wire
import Worlds

extension GoogleChatPlatform {
  /// The documented limit of a message with its contents, in bytes.
  private static let messageLimit = 32_000

  /// A space takes one write a second; held against changes alone, which a bot makes at will.
  private static let pauseBetweenWrites = Duration.seconds(1)

  func apiResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    router.get("/v1/spaces:findDirectMessage") { request, _ in
      try self.authenticate(request)
      return try self.findDirectMessage(request)
    }
    let space = router.group("/v1/spaces/:space")
    space.post("/messages") { request, context in
      try await self.authenticated(request, context, self.create)
    }
    space.patch("/messages/:message") { request, context in
      try await self.authenticated(request, context, self.update)
    }
    space.put("/messages/:message") { request, context in
      try await self.authenticated(request, context, self.update)
    }
    space.get("/members") { request, context in
      try await self.authenticated(request, context, self.members)
    }
    return router.answering()
  }

  typealias Handler = (Request, ServerContext, ChatPlace) async throws -> Response

  /// - Throws: `RefusedCall` without a token of the app's service account.
  private func authenticate(_ request: Request) throws {
    let grant = accessTokens.googleGrant(
      of: request,
      scope: GoogleChat.botScope,
      at: "Google Chat API"
    )
    guard grant == nil else { return }
    throw try refusal(.unauthorized, "Request had invalid authentication credentials.")
  }

  /// Lets through whoever has a token of the app's service account, to a space that there is.
  private func authenticated(
    _ request: Request,
    _ context: ServerContext,
    _ handler: Handler
  ) async throws -> Response {
    try authenticate(request)
    guard
      let place = population.place(wireID: "spaces/" + context.parameters.decoded("space")),
      place.conversation.platform == .googleChat
    else { throw try refusal(.notFound, "Space not found.") }
    return try await handler(request, context, place)
  }

  /// Takes a message of the app; one request id makes one message, however often it comes.
  private func create(
    _ request: Request,
    _: ServerContext,
    _ place: ChatPlace
  ) async throws -> Response {
    let body = try await message(in: request)
    let parameters = request.uri.queryParameters
    let requestKey = parameters["requestId"].flatMap {
      $0.isEmpty ? nil : RequestKey(space: place.wireID, requestID: String($0))
    }
    let customID = parameters["messageId"].flatMap { $0.isEmpty ? nil : String($0) }
    if let customID, !Self.isCustomID(customID) {
      throw try refusal(.badRequest, "The message id is not valid.")
    }
    let threading = Threading(
      thread: body.thread?.name,
      option: parameters["messageReplyOption"].map(String.init),
      place: place
    )
    guard threading.isInItsSpace else {
      throw try refusal(.badRequest, "The thread belongs to another space.")
    }
    let outcome = state.withLock { state in
      state.create(
        body,
        in: place,
        threading,
        requestKey: requestKey,
        customID: customID,
        sender: botUser,
        now: clock.now,
        randomness: randomness
      )
    }
    switch outcome {
    case .existing(let known): return json.response(.ok, written: known.wire)
    case .threadNotFound: throw try refusal(.notFound, "The thread was not found.")
    case .nameTaken: throw try refusal(.conflict, "A message with this id exists.")
    case .created(let created):
      replies.report(created.wire.shownText, in: place, inReplyTo: created.inReplyTo)
      return json.response(.ok, written: created.wire)
    }
  }

  /// Takes a new text for a message of the app.
  private func update(
    _ request: Request,
    _ context: ServerContext,
    _ place: ChatPlace
  ) async throws -> Response {
    let body = try await message(in: request)
    let mask = (request.query("updateMask") ?? "text").split(separator: ",").map(String.init)
    let hasText = mask.contains("text") || mask.contains("*")
    let hasCards = !Set(mask).isDisjoint(with: ["cardsV2", "cards_v2", "*"])
    guard hasText || hasCards else {
      throw try refusal(.badRequest, "The update mask names nothing that can be changed.")
    }
    let name = "\(place.wireID)/messages/\(context.parameters.decoded("message"))"
    let now = clock.now
    let (updated, isTooFast) = state.withLock { state -> (BotMessage?, Bool) in
      guard var updated = state.botMessages[name] else { return (nil, false) }
      guard now - updated.writtenAt >= Self.pauseBetweenWrites else { return (updated, true) }
      if hasText { updated.wire.text = body.text }
      if hasCards { updated.wire.cards = body.cards }
      updated.wire.lastUpdateTime = now.iso8601
      updated.writtenAt = now
      state.botMessages.insert(updated, for: name)
      if hasCards {
        state.cards.show(
          body.cards,
          under: name,
          answering: updated.inReplyTo,
          in: place.conversation.id
        )
      }
      return (updated, false)
    }
    guard !isTooFast else {
      observe(.rejectedVendorCall(reason: "Google Chat: too many writes"))
      throw try refusal(.tooManyRequests, "Resource has been exhausted (e.g. check quota).")
    }
    guard let updated else { throw try refusal(.notFound, "Message not found.") }
    replies.report(
      updated.wire.shownText,
      in: place,
      inReplyTo: updated.inReplyTo,
      isUpdate: true
    )
    return json.response(.ok, written: updated.wire)
  }

  /// - Throws: `RefusedCall`.
  private func message(in request: Request) async throws -> GoogleChat.Message {
    guard
      case .whole(let body) = try await BoundedBody.read(request, upTo: Self.messageLimit)
    else { throw try refusal(.badRequest, "Message cannot be larger than 32,000 bytes.") }
    guard let message = try? GoogleChat.Message(json: Array(body.readableBytesView)) else {
      throw try refusal(.badRequest, "Invalid JSON payload received.")
    }
    return message
  }

  private static func isCustomID(_ id: String) -> Bool {
    id.hasPrefix("client-") && id.utf8.count <= 63
      && id.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  func refusal(_ status: HTTPResponse.Status, _ message: String) throws -> RefusedCall {
    let name =
      switch status {
      case .unauthorized: "UNAUTHENTICATED"
      case .notFound: "NOT_FOUND"
      case .conflict: "ALREADY_EXISTS"
      case .tooManyRequests: "RESOURCE_EXHAUSTED"
      default: "INVALID_ARGUMENT"
      }
    return RefusedCall(
      response: try json.response(
        status,
        GoogleChat.ErrorBody(code: status.code, message: message, status: name)
      )
    )
  }
}
