import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Wire
import Worlds

extension TeamsPlatform {
  /// The documented limit of a payload, counted in UTF-16.
  private static let payloadLimit = 100 << 10

  func connectorResponder() -> Responder {
    let router = Router(context: ServerContext.self)
    for service in ["/amer/:tenant", Self.globalService] {
      router.post("\(service)/v3/conversations") { request, _ in
        try self.authenticate(request)
        return try await self.openConversation(request)
      }
    }
    // Where a bot writes that has no activity to reply to.
    let global = router.group("\(Self.globalService)/v3/conversations/:conversation")
    global.post("/activities") { request, context in
      try await self.authenticated(request, context, self.take)
    }
    let conversation = router.group("/amer/:tenant/v3/conversations/:conversation")
    conversation.post("/activities") { request, context in
      try await self.authenticated(request, context, self.take)
    }
    conversation.post("/activities/:activity") { request, context in
      try await self.authenticated(request, context, self.take)
    }
    conversation.put("/activities/:activity") { request, context in
      try await self.authenticated(request, context, self.update)
    }
    conversation.get("/pagedmembers") { request, context in
      try await self.authenticated(request, context, self.roster)
    }
    conversation.get("/members/:member") { request, context in
      try await self.authenticated(request, context, self.member)
    }
    return router.answering()
  }

  typealias Handler = (Request, ServerContext, ChatPlace) async throws -> Response

  /// The path of the service for all regions.
  private static let globalService = "/teams"

  /// - Throws: `RefusedCall` without the bot's token.
  private func authenticate(_ request: Request) throws {
    let claims = accessTokens.microsoftClaims(
      of: request,
      audience: BotFramework.connectorAudience,
      at: "Teams connector"
    )
    guard claims == nil else { return }
    throw try refusal(
      .unauthorized,
      "BotNotRegistered",
      "Authorization has been denied for this request."
    )
  }

  /// Lets through whoever has the bot's token, for conversations of the path's tenant where it
  /// names one.
  private func authenticated(
    _ request: Request,
    _ context: ServerContext,
    _ handler: Handler
  ) async throws -> Response {
    try authenticate(request)
    let tenant = context.parameters.get("tenant")
    guard
      let place = population.place(wireID: context.parameters.decoded("conversation")),
      place.conversation.platform == .teams,
      tenant == nil || place.tenant.teamsTenantID == context.parameters.decoded("tenant")
    else { throw try refusal(.notFound, "ConversationNotFound", "Conversation not found.") }
    return try await handler(request, context, place)
  }

  /// Takes a message or a typing sign of the bot.
  private func take(
    _ request: Request,
    _ context: ServerContext,
    _ place: ChatPlace
  ) async throws -> Response {
    let activity = try await activity(in: request)
    let conversation = place.conversation.id
    if let piece = activity.streamPiece {
      return try stream(activity, piece, context.parameters.decoded("activity"), place)
    }
    guard activity.type == "message" else {
      if activity.type == "typing" { observe(.typing(conversation: conversation)) }
      return json.empty(.created)
    }
    let pathID = context.parameters.decoded("activity")
    let (id, inReplyTo) = newMessage(of: activity, pathID, in: conversation)
    replies.report(activity.shownText, in: place, inReplyTo: inReplyTo)
    keepCard(of: activity, as: id, answering: inReplyTo, in: place)
    // Of text and card Teams makes two messages, and gives the id of none.
    guard activity.cards.isEmpty else { return json.empty(.created) }
    return json.response(.created, written: BotFramework.ResourceResponse(id: id))
  }

  /// What there is to press under an answer from now on.
  func keepCard(
    of activity: BotFramework.Activity,
    as id: String,
    answering message: String?,
    in place: ChatPlace
  ) {
    state.withLock {
      $0.cards.show(
        activity.cards.first,
        hasThumbs: activity.channelData?.feedbackLoop?.type == "default",
        under: id,
        answering: message,
        in: place.conversation.id
      )
    }
  }

  /// Gives a message of the bot its id, and finds what it answers.
  func newMessage(
    of activity: BotFramework.Activity,
    _ pathID: String,
    in conversation: String
  ) -> (id: String, inReplyTo: String?) {
    state.withLock { state in
      let inReplyTo =
        state.message(answeredBy: activity.replyToId, in: conversation)
        ?? state.message(answeredBy: pathID, in: conversation)
      let count = state.replies[conversation, default: 0] + 1
      state.replies[conversation] = count
      var generator = randomness.generator("chat/teams/reply/\(conversation)/\(count)")
      var id = generator.digits(13)
      while state.botMessages[id] != nil || state.sent[id] != nil { id = generator.digits(13) }
      state.botMessages.insert(
        BotMessage(conversation: conversation, inReplyTo: inReplyTo),
        for: id
      )
      return (id, inReplyTo)
    }
  }

  /// Takes a new text for a message of the bot.
  private func update(
    _ request: Request,
    _ context: ServerContext,
    _ place: ChatPlace
  ) async throws -> Response {
    let activity = try await activity(in: request)
    let id = context.parameters.decoded("activity")
    let conversation = place.conversation.id
    guard
      let known = state.withLock({ $0.botMessages[id] }), known.conversation == conversation
    else {
      throw try refusal(.notFound, "ActivityNotFoundInConversation", "Activity not found.")
    }
    // What a stream showed was no reply yet; its replacement is the first.
    let wasStreaming = state.withLock { state in
      guard state.streams[conversation]?.id == id else { return false }
      let wasOpen = state.streams[conversation]?.isFinished == false
      state.streams[conversation]?.isFinished = true
      return wasOpen
    }
    replies.report(
      activity.shownText,
      in: place,
      inReplyTo: known.inReplyTo,
      isUpdate: !wasStreaming
    )
    keepCard(of: activity, as: id, answering: known.inReplyTo, in: place)
    return json.response(.ok, written: BotFramework.ResourceResponse(id: id))
  }

  /// - Throws: `RefusedCall`.
  private func activity(in request: Request) async throws -> BotFramework.Activity {
    // A payload of this limit has at most half as many UTF-16 units, each of up to three bytes.
    guard
      case .whole(let body) = try await BoundedBody.read(request, upTo: Self.payloadLimit * 3 / 2),
      Self.fits(body)
    else { throw try refusal(.contentTooLarge, "MessageSizeTooBig", "Message size too large.") }
    guard let activity = try? BotFramework.Activity(json: Array(body.readableBytesView)) else {
      throw try refusal(.badRequest, "Bad Argument", "The activity cannot be read.")
    }
    return activity
  }

  /// Counting is for bodies alone that could be over the limit.
  private static func fits(_ body: ByteBuffer) -> Bool {
    body.readableBytes * 2 <= payloadLimit
      || String(buffer: body).utf16.count * 2 <= payloadLimit
  }

  func refusal(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String
  ) throws -> RefusedCall {
    RefusedCall(
      response: try json.response(status, BotFramework.ErrorBody(code: code, message: message))
    )
  }
}

extension TeamsPlatform.State {
  /// Our id of the message that an activity id stands for: a person's own, or the one that a
  /// message of the bot answered.
  fileprivate func message(answeredBy id: String?, in conversation: String) -> String? {
    guard let id else { return nil }
    if let sent = sent[id], sent.conversation == conversation { return sent.message }
    guard let known = botMessages[id], known.conversation == conversation else { return nil }
    return known.inReplyTo
  }
}
