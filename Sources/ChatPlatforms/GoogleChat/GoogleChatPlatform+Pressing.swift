import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

extension GoogleChatPlatform {
  /// Our id of the message whose answer has the newest card for `asker`; nil where there is none.
  package func answeredMessage(of asker: String, in conversation: String?) -> String? {
    card(answering: asker, in: conversation)?.answered
  }

  /// Brings the press of a button to the app, whose answer may hold words for whoever pressed.
  ///
  /// - Returns: whether Google Chat takes each answer for a success; false also where no such
  ///   button is.
  package func press(_ press: ButtonPress) async -> Bool {
    guard let (action, message) = button(press) else { return false }
    if press.button == .retry { awaitAnswer(to: press, in: message.thread?.name) }
    var isTaken = true
    var isTold = false
    for _ in 1...max(1, press.times) {
      let delivered = await courier.deliver(
        press.id,
        from: press.person,
        in: press.conversation ?? population.people[press.asker]?.person.personalConversationID,
        authorize: authorization
      ) {
        parcel(action, under: message, from: $0, in: $1)
      }
      let thread = message.thread?.name
      if !take(delivered, of: press, in: thread, &isTold) { isTaken = false }
    }
    return isTaken
  }

  /// What the button that is meant does, and the app's message that it stands under.
  func button(_ press: ButtonPress) -> (GoogleChat.FormAction, GoogleChat.Message)? {
    guard let card = card(answering: press.asker, in: press.conversation),
      let action = Self.action(press.button, in: card.json),
      let message = state.withLock({ $0.botMessages[card.botMessage]?.wire })
    else { return nil }
    return (action, message)
  }

  private func card(answering asker: String, in conversation: String?) -> CardRack.Card? {
    guard let identity = population.people[asker],
      let place = population.place(for: identity, in: conversation)
    else { return nil }
    return state.withLock { $0.cards.card(answering: asker, in: place.conversation.id) }
  }

  func parcel(
    _ action: GoogleChat.FormAction,
    under message: GoogleChat.Message,
    from identity: ChatIdentity,
    in place: ChatPlace
  ) -> MessageCourier.Parcel {
    let event = GoogleChat.Event(
      type: "CARD_CLICKED",
      eventTime: clock.now.iso8601,
      message: message,
      user: user(identity),
      space: wireSpace(place),
      action: action
    )
    return MessageCourier.Parcel(
      body: ByteBuffer(bytes: event.json()),
      headers: [.contentType: "application/json", .userAgent: "Google-Dynamite"]
    )
  }

  /// A press has no message that an answer could name: the next message of the app in the thread is
  /// taken for it, unless the press was refused.
  func awaitAnswer(to press: ButtonPress, in thread: String?) {
    guard let thread else { return }
    state.withLock { state in
      state.pressed[thread, default: []].append(press.id)
      state.cards.asked(press.id, by: press.person)
    }
  }

  func expectNoAnswer(to press: ButtonPress, in thread: String?) {
    guard press.button == .retry, let thread else { return }
    state.withLock { $0.pressed[thread]?.removeAll { $0 == press.id } }
  }

  /// Words in an answer are a reply, and mean that no other comes.
  ///
  /// - Parameter isTold: whether there were some already: who presses twice is told twice, each
  ///   time alone, and it is one reply.
  func take(
    _ delivered: MessageCourier.Delivered?,
    of press: ButtonPress,
    in thread: String?,
    _ isTold: inout Bool
  ) -> Bool {
    guard let delivered, delivered.answer.status == 200,
      let answer = try? GoogleChat.Message(json: Array(delivered.answer.body.readableBytesView))
    else { return false }
    guard let text = answer.shownText else { return true }
    expectNoAnswer(to: press, in: thread)
    replies.report(
      text,
      in: delivered.place,
      inReplyTo: press.button == .retry && !isTold ? press.id : nil
    )
    isTold = true
    return true
  }

  /// The button in `cardsV2[].card.sections[].widgets[].buttonList.buttons[]`.
  private static func action(
    _ button: AnswerButton,
    in cards: [UInt8]
  ) -> GoogleChat.FormAction? {
    guard let cards = try? JSONValue(json: cards) else { return nil }
    let widgets = (cards.elements ?? [])
      .flatMap { $0["card"]?["sections"]?.elements ?? [] }
      .flatMap { $0["widgets"]?.elements ?? [] }
    let buttons = widgets.flatMap { $0["buttonList"]?["buttons"]?.elements ?? [] }
    guard let found = buttons.first(where: { button.isMeant(by: $0["text"]?.text ?? "") }),
      let action = found["onClick"]?["action"], let function = action["function"]?.text
    else { return nil }
    return GoogleChat.FormAction(
      actionMethodName: function,
      parameters: (action["parameters"]?.elements ?? []).compactMap { parameter in
        guard let key = parameter["key"]?.text, let value = parameter["value"]?.text else {
          return nil
        }
        return GoogleChat.FormAction.Parameter(key: key, value: value)
      }
    )
  }
}
