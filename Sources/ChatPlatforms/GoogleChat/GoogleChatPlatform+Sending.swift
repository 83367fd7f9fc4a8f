import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

extension GoogleChatPlatform {
  /// `person` writes `text` to the bot in `conversation`, or in the direct messages; returns when
  /// the delivery was accepted, refused, or given up. Where others are present the text mentions
  /// the bot. A message in the vendor's answer counts as its reply.
  ///
  /// Reports an attempt with status 0 when there is no such person or conversation.
  package func send(
    _ text: String,
    from person: String,
    in conversation: String? = nil,
    message: String
  ) async {
    takeAnswer(
      await courier.deliver(message, from: person, in: conversation, authorize: authorization) {
        parcel(text, from: $0, in: $1, message: message)
      }
    )
  }

  /// Delivers the last event of `person` once more, byte for byte.
  ///
  /// - Returns: the status of the answer; 0 when none came or nothing was sent before.
  @discardableResult
  package func deliverAgain(person: String) async -> Int {
    let delivered = await courier.deliverAgain(person: person, authorize: authorization)
    takeAnswer(delivered)
    return delivered?.answer.status ?? 0
  }

  /// What the vendor said at once, in the body of its answer to a delivery.
  func takeAnswer(_ delivered: MessageCourier.Delivered?) {
    guard
      let delivered, delivered.answer.status == 200, delivered.answer.body.readableBytes > 2,
      let reply = try? GoogleChat.Message(json: Array(delivered.answer.body.readableBytesView)),
      let text = reply.shownText
    else { return }
    replies.report(text, in: delivered.place, inReplyTo: delivered.message)
    keepSynchronousAnswer(reply, in: delivered.place, answering: delivered.message)
  }

  /// An answer that came in the body of its delivery becomes a message like others.
  private func keepSynchronousAnswer(
    _ reply: GoogleChat.Message,
    in place: ChatPlace,
    answering message: String
  ) {
    guard reply.cards != nil else { return }
    var generator = randomness.generator("chat/google/synchronous/\(message)")
    let id = generator.alphanumerics(11)
    var wire = reply
    wire.name = "\(place.wireID)/messages/\(id).\(id)"
    wire.sender = botUser
    wire.space = GoogleChat.Space(name: place.wireID)
    let kept = BotMessage(wire: wire, inReplyTo: message, writtenAt: clock.now)
    state.withLock { [name = wire.name ?? "", cards = reply.cards] state in
      state.botMessages.insert(kept, for: name)
      state.cards.show(cards, under: name, answering: message, in: place.conversation.id)
    }
  }

  func parcel(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> MessageCourier.Parcel {
    let event = event(text, from: identity, in: place, message: message)
    return MessageCourier.Parcel(
      body: ByteBuffer(bytes: event.json()),
      headers: [.contentType: "application/json", .userAgent: "Google-Dynamite"]
    )
  }

  /// Builds the event of a message and remembers the thread that it begins.
  private func event(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> GoogleChat.Event {
    var generator = randomness.generator("chat/google/message/\(message)")
    let id = generator.alphanumerics(11)
    let thread = "\(place.wireID)/threads/\(id)"
    state.withLock { state in
      state.threads.insert(message, for: thread)
      state.cards.asked(message, by: identity.person.id)
    }
    let now = clock.now.iso8601
    let user = user(identity)
    // A command of the app's list is no mention, and its argument is what follows it.
    let command = bot.commands.firstIndex(of: text)
    let personal = place.conversation.kind == .personal || command != nil
    let mention = "@\(bot.name)"
    let space = wireSpace(place)
    return GoogleChat.Event(
      type: "MESSAGE",
      eventTime: now,
      message: GoogleChat.Message(
        name: "\(place.wireID)/messages/\(id).\(id)",
        sender: user,
        createTime: now,
        text: personal ? text : "\(mention) \(text)",
        argumentText: command == nil ? personal ? text : " \(text)" : "",
        thread: GoogleChat.MessageThread(name: thread),
        space: space,
        annotations: personal
          ? nil
          : [
            GoogleChat.Annotation(
              type: "USER_MENTION",
              startIndex: 0,
              length: Double(mention.utf16.count),
              userMention: GoogleChat.Annotation.UserMention(type: "MENTION", user: botUser)
            )
          ],
        slashCommand: command.map { GoogleChat.SlashCommand(commandId: String($0 + 1)) }
      ),
      user: user,
      space: space
    )
  }

  func user(_ identity: ChatIdentity) -> GoogleChat.User {
    GoogleChat.User(
      name: "users/\(identity.googleID)",
      displayName: identity.person.name,
      email: identity.email,
      type: "HUMAN",
      domainId: identity.googleDomainID
    )
  }

  func wireSpace(_ place: ChatPlace) -> GoogleChat.Space {
    switch place.conversation.kind {
    case .personal:
      GoogleChat.Space(
        name: place.wireID,
        type: "DM",
        spaceType: "DIRECT_MESSAGE",
        singleUserBotDm: true
      )
    case .group: GoogleChat.Space(name: place.wireID, type: "ROOM", spaceType: "GROUP_CHAT")
    case .channel:
      GoogleChat.Space(
        name: place.wireID,
        type: "ROOM",
        spaceType: "SPACE",
        displayName: place.conversation.id
      )
    }
  }

  func authorization(for _: ChatPlace) throws -> String? {
    let purpose = DeliveryTokens.Purpose(audience: bot.googleAudience)
    return try tokens.authorization(for: purpose, at: clock.now) {
      try keys.sign(claims(), as: .googleChat)
    }
  }

  /// The claims of a token that is good from now on.
  func claims() -> GoogleChatClaims {
    let now = clock.now.unixSeconds
    return GoogleChatClaims(
      iss: GoogleChat.issuer,
      aud: TokenAudience(bot.googleAudience),
      iat: NumericDate(seconds: now),
      exp: NumericDate(seconds: now + DeliveryTokens.lifetime)
    )
  }
}
