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
    guard
      let identity = population.people[person],
      let place = population.place(for: identity, in: conversation),
      let body = try? json.bytes(event(text, from: identity, in: place, message: message))
    else {
      observe(.attempt(message: message, attempt: 1, status: 0))
      return
    }
    state.withLock {
      $0.last[person] = LastDelivery(message: message, place: place, body: body, attempts: 0)
    }
    let answer = await delivery.deliver(
      body,
      message: message,
      headers: { try self.authorizedHeaders() },
      began: { attempt in
        self.state.withLock {
          guard $0.last[person]?.message == message else { return }
          $0.last[person]?.attempts = attempt
        }
      }
    )
    if let answer { takeAnswer(answer, to: message, in: place) }
  }

  /// Delivers the last event of `person` once more, byte for byte.
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
      let headers = try? authorizedHeaders(),
      let answer = await delivery.attemptOnce(
        last.body,
        message: last.message,
        attempt: last.attempts,
        headers
      )
    else { return 0 }
    takeAnswer(answer, to: last.message, in: last.place)
    return answer.status
  }

  /// What the vendor said at once, in the body of its answer to a delivery.
  func takeAnswer(_ answer: VendorDelivery.Answer, to message: String, in place: ChatPlace) {
    guard
      answer.status == 200, answer.body.readableBytes > 2,
      let reply = json.value(GoogleChat.Message.self, in: answer.body), let text = reply.text
    else { return }
    observe(
      .reply(
        ReceivedReply(
          platform: .googleChat,
          conversation: place.conversation.id,
          inReplyTo: message,
          text: text,
          at: clock.now,
          isUpdate: false
        )
      )
    )
  }

  /// Builds the event of a message and remembers the thread that it begins.
  func event(
    _ text: String,
    from identity: ChatIdentity,
    in place: ChatPlace,
    message: String
  ) -> GoogleChat.Event {
    var generator = randomness.generator("chat/google/message/\(message)")
    let id = generator.alphanumerics(11)
    let thread = "\(place.wireID)/threads/\(id)"
    state.withLock { $0.threads.insert(message, for: thread) }
    let now = clock.now.iso8601
    let user = GoogleChat.User(
      name: "users/\(identity.googleID)",
      displayName: identity.person.name,
      email: identity.email,
      type: "HUMAN",
      domainId: identity.tenant.googleDomainID
    )
    let personal = place.conversation.kind == .personal
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
        argumentText: personal ? text : " \(text)",
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
          ]
      ),
      user: user,
      space: space
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

  static let deliveryHeaders: HTTPFields = [
    .contentType: "application/json",
    .userAgent: "Google-Dynamite",
  ]

  func authorizedHeaders() throws -> HTTPFields {
    let now = clock.now
    var headers = Self.deliveryHeaders
    headers[.authorization] = try tokens.authorization(
      for: DeliveryTokens.Purpose(audience: bot.googleAudience),
      at: now
    ) {
      try keys.sign(claims(at: now), as: .googleChat)
    }
    return headers
  }

  func claims(at now: Timestamp) -> GoogleChatClaims {
    GoogleChatClaims(
      iss: GoogleChat.issuer,
      aud: TokenAudience(bot.googleAudience),
      iat: NumericDate(seconds: now.unixSeconds),
      exp: NumericDate(seconds: now.unixSeconds + DeliveryTokens.lifetime)
    )
  }
}
