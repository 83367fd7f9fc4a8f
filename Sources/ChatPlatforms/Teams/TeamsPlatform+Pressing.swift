import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

extension TeamsPlatform {
  /// Our id of the message whose answer has the newest card for `asker`; nil where there is none.
  package func answeredMessage(of asker: String, in conversation: String?) -> String? {
    card(answering: asker, in: conversation)?.answered
  }

  /// Brings the press of a button to the bot, which answers at once: with words that Teams shows to
  /// whoever pressed, or with a card in the place of the one with the button.
  ///
  /// - Returns: whether Teams takes each answer for a success; false also where no such button is.
  package func press(_ press: ButtonPress) async -> Bool {
    guard let (pressed, botMessage) = button(press) else { return false }
    var isTaken = true
    var isTold = false
    for time in 1...max(1, press.times) {
      let delivered = await courier.deliver(
        press.id,
        from: press.person,
        in: press.conversation ?? population.people[press.asker]?.person.personalConversationID,
        authorize: authorization
      ) {
        parcel(press, time, pressed, under: botMessage, from: $0, in: $1)
      }
      if !take(delivered, of: press, &isTold) { isTaken = false }
    }
    return isTaken
  }

  /// What a press of a button says.
  enum Pressed {
    case action(BotFramework.CardAction)
    case feedback(BotFramework.Feedback)
  }

  /// The button that is meant, and the message of the bot that it stands under.
  func button(_ press: ButtonPress) -> (Pressed, botMessage: String)? {
    guard let card = card(answering: press.asker, in: press.conversation) else { return nil }
    switch press.button {
    case .like, .dislike:
      guard card.hasThumbs else { return nil }
      return (.feedback(.init(reaction: press.button.rawValue)), card.botMessage)
    case .retry, .helpful, .unhelpful:
      return Self.action(press.button, in: card.json).map { (.action($0), card.botMessage) }
    }
  }

  private func card(answering asker: String, in conversation: String?) -> CardRack.Card? {
    guard let identity = population.people[asker],
      let place = population.place(for: identity, in: conversation)
    else { return nil }
    return state.withLock { $0.cards.card(answering: asker, in: place.conversation.id) }
  }

  private static func action(
    _ button: AnswerButton,
    in card: [UInt8]
  ) -> BotFramework.CardAction? {
    var reader = JSONReader(card)
    var actions: [BotFramework.CardAction] = []
    try? reader.readObject { name, reader in
      guard name == "actions", try reader.nextKind() == .array else {
        return try reader.skipValue()
      }
      try reader.readArray { actions.append(try BotFramework.CardAction(from: &$0)) }
    }
    return actions.first { $0.type == "Action.Execute" && button.isMeant(by: $0.title ?? "") }
  }

  /// Each time is an activity of its own, as a finger makes it.
  func parcel(
    _ press: ButtonPress,
    _ time: Int,
    _ pressed: Pressed,
    under botMessage: String,
    from identity: ChatIdentity,
    in place: ChatPlace
  ) -> MessageCourier.Parcel {
    var generator = randomness.generator("chat/teams/press/\(press.id)/\(time)")
    let id = "f:" + generator.guid()
    if press.button == .retry {
      state.withLock { state in
        state.sent.insert(
          Sent(message: press.id, conversation: place.conversation.id),
          for: id
        )
        state.cards.asked(press.id, by: press.person)
      }
    }
    var activity = envelope("invoke", id: id, from: identity, in: place)
    activity.replyToId = botMessage
    switch pressed {
    case .action(let action):
      activity.name = BotFramework.cardActionName
      activity.cardAction = action
    case .feedback(let feedback):
      activity.name = BotFramework.submitActionName
      activity.feedback = feedback
    }
    return MessageCourier.Parcel(
      body: ByteBuffer(bytes: activity.json()),
      headers: deliveryHeaders(place)
    )
  }

  /// Shows what the answer says. Words are a reply; a card is what stands there until one comes.
  ///
  /// - Parameter isTold: whether there were words already: who presses twice is told twice, each
  ///   time alone, and it is one reply.
  func take(
    _ delivered: MessageCourier.Delivered?,
    of press: ButtonPress,
    _ isTold: inout Bool
  ) -> Bool {
    guard let delivered, delivered.answer.status == 200 else { return false }
    // Of an answer to its own thumbs Teams shows nothing.
    if [.like, .dislike].contains(press.button) { return true }
    guard
      let answer = InvokeAnswer(Array(delivered.answer.body.readableBytesView)),
      answer.statusCode == 200
    else { return false }
    let message = press.button == .retry ? press.id : nil
    switch answer.type {
    case "application/vnd.microsoft.activity.message":
      replies.report(answer.strings, in: delivered.place, inReplyTo: isTold ? nil : message)
      isTold = true
    case BotFramework.adaptiveCard:
      replies.report(answer.strings, in: delivered.place, inReplyTo: message, isPartial: true)
    default: return false
    }
    return true
  }
}

/// The body of an answer to an `adaptiveCard/action`.
private struct InvokeAnswer {
  var statusCode = 0
  var type = ""
  /// All of `value`.
  var strings = ""

  init?(_ json: [UInt8]) {
    var reader = JSONReader(json)
    var answer = self
    do {
      try reader.readObject { name, reader in
        switch (name, try reader.nextKind()) {
        case ("statusCode", .number): answer.statusCode = try reader.readInt()
        case ("type", .string): answer.type = try reader.readString()
        case ("value", _):
          var strings: [String] = []
          try reader.readStrings { strings.append($0) }
          answer.strings = strings.joined(separator: "\n")
        default: try reader.skipValue()
        }
      }
      try reader.finish()
    } catch {
      return nil
    }
    self = answer
  }
}
