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
    _ = await courier.deliver(message, from: person, in: conversation, authorize: authorization) {
      parcel(text, from: $0, in: $1, message: message)
    }
  }

  /// Delivers the last activity of `person` once more, byte for byte.
  ///
  /// - Returns: the status of the answer; 0 when none came or nothing was sent before.
  @discardableResult
  package func deliverAgain(person: String) async -> Int {
    await courier.deliverAgain(person: person, authorize: authorization)?.answer.status ?? 0
  }

  func parcel(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> MessageCourier.Parcel {
    let activity = activity(text, from: identity, in: place, message: message)
    return MessageCourier.Parcel(
      body: ByteBuffer(bytes: activity.json()),
      headers: deliveryHeaders(place)
    )
  }

  /// Builds the activity of a message and remembers it under its new id.
  private func activity(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> BotFramework.Activity {
    let personal = place.conversation.kind == .personal
    let mention = "<at>\(bot.name)</at>"
    let id = newActivityID(message: message, conversation: place.conversation.id)
    state.withLock { $0.cards.asked(message, by: identity.person.id) }
    var activity = envelope("message", id: id, from: identity, in: place)
    activity.textFormat = "plain"
    activity.text = personal ? text : "\(mention) \(text)"
    activity.entities =
      personal
      ? nil
      : [BotFramework.Entity(type: "mention", text: mention, mentioned: activity.recipient)]
    return activity
  }

  /// What every activity of a person has.
  func envelope(
    _ type: String,
    id: String,
    from identity: ChatIdentity,
    in place: ChatPlace
  ) -> BotFramework.Activity {
    let channelRoot = place.wireID.firstIndex(of: ";").map { String(place.wireID[..<$0]) }
    return BotFramework.Activity(
      type: type,
      id: id,
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
        isGroup: place.conversation.kind == .personal ? nil : true
      ),
      recipient: BotFramework.ChannelAccount(id: "28:\(bot.teamsAppID)", name: bot.name),
      locale: "en-US",
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

  func authorization(for place: ChatPlace) throws -> String? {
    let claims = claims(for: place)
    let purpose = DeliveryTokens.Purpose(
      audience: bot.teamsAppID,
      serviceURL: claims.serviceurl
    )
    return try tokens.authorization(for: purpose, at: clock.now) {
      try keys.sign(claims, as: .botFramework)
    }
  }

  /// The claims of a token that is good from now on.
  func claims(for place: ChatPlace) -> BotFrameworkClaims {
    let now = clock.now.unixSeconds
    return BotFrameworkClaims(
      iss: BotFramework.tokenIssuer,
      aud: TokenAudience(bot.teamsAppID),
      nbf: NumericDate(seconds: now),
      exp: NumericDate(seconds: now + DeliveryTokens.lifetime),
      serviceurl: Self.serviceURL(of: place.tenant)
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
