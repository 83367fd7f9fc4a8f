/// The bodies that travel between Google Chat and a Chat app: interaction events, messages,
/// memberships. What an app does not need is not read, and never refused.
package enum GoogleChat {
  /// Who signs the tokens of events, and their issuer where the audience is a project number.
  package static let issuer = "chat@system.gserviceaccount.com"
  package static let botScope = "https://www.googleapis.com/auth/chat.bot"
}

extension GoogleChat {
  package struct User: Sendable, Hashable, Codable {
    /// `users/{id}`, with the directory's id of the person.
    package var name: String
    package var displayName: String?
    /// May be missing for people from outside.
    package var email: String?
    /// `HUMAN` or `BOT`.
    package var type: String?
    package var domainId: String?

    package init(
      name: String,
      displayName: String? = nil,
      email: String? = nil,
      type: String? = nil,
      domainId: String? = nil
    ) {
      self.name = name
      self.displayName = displayName
      self.email = email
      self.type = type
      self.domainId = domainId
    }
  }

  package struct Space: Sendable, Hashable, Codable {
    /// `spaces/{id}`.
    package var name: String
    /// The older word: `DM` or `ROOM`.
    package var type: String?
    /// `DIRECT_MESSAGE`, `GROUP_CHAT` or `SPACE`.
    package var spaceType: String?
    package var singleUserBotDm: Bool?
    package var displayName: String?

    package init(
      name: String,
      type: String? = nil,
      spaceType: String? = nil,
      singleUserBotDm: Bool? = nil,
      displayName: String? = nil
    ) {
      self.name = name
      self.type = type
      self.spaceType = spaceType
      self.singleUserBotDm = singleUserBotDm
      self.displayName = displayName
    }

    package var isDirectMessage: Bool {
      spaceType.map { $0 == "DIRECT_MESSAGE" } ?? (type == "DM")
    }
  }

  package struct MessageThread: Sendable, Hashable, Codable {
    package var name: String?
    package var threadKey: String?

    package init(name: String? = nil, threadKey: String? = nil) {
      self.name = name
      self.threadKey = threadKey
    }
  }

  /// A message: in an event, in a synchronous answer (where `{}` means none), and in the REST API.
  package struct Message: Sendable, Hashable, Codable {
    /// `spaces/{space}/messages/{message}`; set by the platform.
    package var name: String?
    package var sender: User?
    package var createTime: String?
    package var lastUpdateTime: String?
    package var text: String?
    /// The text without the mention of the app; its leading blank is real.
    package var argumentText: String?
    package var thread: MessageThread?
    package var space: Space?
    package var annotations: [Annotation]?
    /// There where the person chose one of the app's commands: `argumentText` is without it.
    package var slashCommand: SlashCommand?
    /// `cardsV2`, as the JSON that it is. Left to the readers that are written by hand.
    package var cards: [UInt8]?

    private enum CodingKeys: String, CodingKey {
      case name, sender, createTime, lastUpdateTime, text, argumentText, thread, space
      case annotations, slashCommand
    }

    package init(
      name: String? = nil,
      sender: User? = nil,
      createTime: String? = nil,
      lastUpdateTime: String? = nil,
      text: String? = nil,
      argumentText: String? = nil,
      thread: MessageThread? = nil,
      space: Space? = nil,
      annotations: [Annotation]? = nil,
      slashCommand: SlashCommand? = nil,
      cards: [UInt8]? = nil
    ) {
      self.slashCommand = slashCommand
      self.cards = cards
      self.name = name
      self.sender = sender
      self.createTime = createTime
      self.lastUpdateTime = lastUpdateTime
      self.text = text
      self.argumentText = argumentText
      self.thread = thread
      self.space = space
      self.annotations = annotations
    }
  }

  package struct SlashCommand: Sendable, Hashable, Codable {
    /// As the app's console has it.
    package var commandId: String

    package init(commandId: String) {
      self.commandId = commandId
    }
  }

  package struct Annotation: Sendable, Hashable, Codable {
    package struct UserMention: Sendable, Hashable, Codable {
      package var type: String?
      package var user: User?

      package init(type: String?, user: User?) {
        self.type = type
        self.user = user
      }
    }

    package var type: String?
    /// Whole numbers that real bodies write as floats.
    package var startIndex: Double?
    package var length: Double?
    package var userMention: UserMention?

    package init(
      type: String?,
      startIndex: Double? = nil,
      length: Double? = nil,
      userMention: UserMention? = nil
    ) {
      self.type = type
      self.startIndex = startIndex
      self.length = length
      self.userMention = userMention
    }
  }
}
