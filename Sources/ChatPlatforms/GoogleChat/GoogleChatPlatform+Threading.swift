import Wire
import Worlds

extension GoogleChatPlatform {
  /// Where a message of the app goes: into the thread that it names, or into a new one.
  struct Threading: Sendable {
    enum Option: Sendable {
      /// The default outside of direct messages: the named thread is ignored.
      case newThread
      case fallBack
      case orFail
    }

    var thread: String?
    var option: Option
    var isInItsSpace: Bool

    /// - Parameter option: the query parameter, by name or, as some clients send it, by number.
    init(thread: String?, option: String?, place: ChatPlace) {
      self.thread = thread
      isInItsSpace = thread.map { $0.hasPrefix(place.wireID + "/threads/") } ?? true
      switch option {
      case "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", "1": self.option = .fallBack
      case "REPLY_MESSAGE_OR_FAIL", "2": self.option = .orFail
      default:
        // Direct messages have no threads to open, so there the named one holds.
        self.option = place.conversation.kind == .personal ? .fallBack : .newThread
      }
    }
  }

  enum Creation: Sendable {
    case created(BotMessage)
    case existing(BotMessage)
    case threadNotFound
    case nameTaken
  }
}

extension GoogleChatPlatform.State {
  mutating func create(
    _ body: GoogleChat.Message,
    in place: ChatPlace,
    _ threading: GoogleChatPlatform.Threading,
    requestKey: GoogleChatPlatform.RequestKey?,
    customID: String?,
    sender: GoogleChat.User,
    now: Timestamp,
    randomness: Randomness
  ) -> GoogleChatPlatform.Creation {
    if let requestKey, let name = requests[requestKey], let known = botMessages[name] {
      return .existing(known)
    }
    let count = replies[place.conversation.id, default: 0] + 1
    var generator = randomness.generator("chat/google/reply/\(place.conversation.id)/\(count)")
    let id = generator.alphanumerics(11)
    let name = "\(place.wireID)/messages/\(customID ?? "\(id).\(id)")"
    guard botMessages[name] == nil else { return .nameTaken }
    if let thread = threading.thread, let press = pressed[thread]?.first {
      pressed[thread]?.removeFirst()
      threads.insert(press, for: thread)
    }
    let inReplyTo =
      threading.option == .newThread ? nil : threading.thread.flatMap { threads[$0] }
    if threading.option == .orFail, threading.thread != nil, inReplyTo == nil {
      return .threadNotFound
    }
    replies[place.conversation.id] = count
    let thread = inReplyTo == nil ? "\(place.wireID)/threads/\(id)" : threading.thread
    let created = GoogleChatPlatform.BotMessage(
      wire: GoogleChat.Message(
        name: name,
        sender: sender,
        createTime: now.iso8601,
        text: body.text,
        thread: GoogleChat.MessageThread(name: thread),
        space: GoogleChat.Space(name: place.wireID),
        cards: body.cards
      ),
      inReplyTo: inReplyTo,
      writtenAt: now
    )
    botMessages.insert(created, for: name)
    if let requestKey { requests.insert(name, for: requestKey) }
    cards.show(body.cards, under: name, answering: inReplyTo, in: place.conversation.id)
    return .created(created)
  }
}
