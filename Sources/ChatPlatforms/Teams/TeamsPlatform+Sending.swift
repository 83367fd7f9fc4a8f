import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

extension TeamsPlatform {
  /// `person` writes `text` to the bot in `conversation`, or in the personal one; returns when
  /// the delivery was accepted, refused, or given up. In groups and channels the text mentions
  /// the bot, as Teams demands.
  ///
  /// Reports an attempt with status 0 when there is no such person or conversation.
  package func send(
    _ text: String,
    from person: String,
    in conversation: String? = nil,
    message: String
  ) async {
    guard
      let identity = population.people[person],
      let place = population.place(for: identity, in: conversation),
      let body = try? json.bytes(
        activity(text, from: identity, in: place, message: message)
      )
    else {
      observe(.attempt(message: message, attempt: 1, status: 0))
      return
    }
    let purpose = DeliveryTokens.Purpose(
      audience: bot.teamsAppID,
      serviceURL: Self.serviceURL(of: place.tenant)
    )
    let headers = deliveryHeaders(place)
    state.withLock {
      $0.last[person] = LastDelivery(
        message: message,
        body: body,
        headers: headers,
        purpose: purpose,
        attempts: 0
      )
    }
    _ = await delivery.deliver(
      body,
      message: message,
      headers: { try self.authorized(headers, for: purpose) },
      began: { attempt in
        self.state.withLock {
          guard $0.last[person]?.message == message else { return }
          $0.last[person]?.attempts = attempt
        }
      }
    )
  }

  /// Delivers the last activity of `person` once more, byte for byte.
  ///
  /// - Returns: the status of the answer; 0 when none came or nothing was sent before.
  @discardableResult
  package func deliverAgain(person: String) async -> Int {
    let last = state.withLock { state in
      state.last[person]?.attempts += 1
      return state.last[person]
    }
    guard
      let last,
      let headers = try? authorized(last.headers, for: last.purpose),
      let answer = await delivery.attemptOnce(
        last.body,
        message: last.message,
        attempt: last.attempts,
        headers
      )
    else { return 0 }
    return answer.status
  }

  /// Builds the activity of a message and remembers it under its new id.
  func activity(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> BotFramework.Activity {
    let helper = BotFramework.ChannelAccount(id: "28:\(bot.teamsAppID)", name: bot.name)
    let personal = place.conversation.kind == .personal
    let mention = "<at>\(bot.name)</at>"
    let channelRoot = place.wireID.firstIndex(of: ";").map { String(place.wireID[..<$0]) }
    return BotFramework.Activity(
      type: "message",
      id: newActivityID(message: message, conversation: place.conversation.id),
      timestamp: clock.now.iso8601.dropLast() + "0000Z",
      serviceUrl: Self.serviceURL(of: place.tenant),
      channelId: BotFramework.teamsChannel,
      from: BotFramework.ChannelAccount(
        id: identity.teamsID,
        name: identity.person.name,
        aadObjectId: identity.objectID
      ),
      conversation: BotFramework.ConversationAccount(
        id: place.wireID,
        conversationType: Self.conversationType(of: place.conversation.kind),
        tenantId: place.tenant.teamsTenantID,
        isGroup: personal ? nil : true
      ),
      recipient: helper,
      textFormat: "plain",
      text: personal ? text : "\(mention) \(text)",
      locale: "en-US",
      entities: personal
        ? nil : [BotFramework.Entity(type: "mention", text: mention, mentioned: helper)],
      channelData: BotFramework.ChannelData(
        tenant: BotFramework.Identified(id: place.tenant.teamsTenantID),
        team: channelRoot.map { BotFramework.Identified(id: $0) },
        channel: channelRoot.map { BotFramework.Identified(id: $0) }
      )
    )
  }

  func deliveryHeaders(_ place: ChatPlace) -> HTTPFields {
    var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
    if let name = HTTPField.Name("x-ms-tenant-id") {
      headers[name] = place.tenant.teamsTenantID
    }
    if let name = HTTPField.Name("x-ms-conversation-id") {
      headers[name] = place.wireID
    }
    return headers
  }

  func authorized(
    _ headers: HTTPFields,
    for purpose: DeliveryTokens.Purpose
  ) throws -> HTTPFields {
    let now = clock.now
    var headers = headers
    headers[.authorization] = try tokens.authorization(for: purpose, at: now) {
      try keys.sign(claims(for: purpose, at: now), as: .botFramework)
    }
    return headers
  }

  func claims(
    for purpose: DeliveryTokens.Purpose,
    at now: Timestamp
  ) -> BotFrameworkClaims {
    BotFrameworkClaims(
      iss: BotFramework.tokenIssuer,
      aud: TokenAudience(purpose.audience),
      nbf: NumericDate(seconds: now.unixSeconds),
      exp: NumericDate(seconds: now.unixSeconds + DeliveryTokens.lifetime),
      serviceurl: purpose.serviceURL
    )
  }

  /// Thirteen digits, as Teams has them; drawn by the message's name, so that the order in which
  /// messages are sent changes no id.
  private func newActivityID(message: String, conversation: String) -> String {
    var generator = randomness.generator("chat/teams/activity/\(message)")
    let sent = Sent(message: message, conversation: conversation)
    return state.withLock { state in
      var id = generator.digits(13)
      while let taken = state.sent[id], taken.message != message { id = generator.digits(13) }
      state.sent.insert(sent, for: id)
      return id
    }
  }

  private static func conversationType(
    of kind: ChatWorldDescription.Conversation.Kind
  ) -> String {
    switch kind {
    case .personal: "personal"
    case .group: "groupChat"
    case .channel: "channel"
    }
  }
}
