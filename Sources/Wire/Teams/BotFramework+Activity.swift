extension BotFramework {
  /// An activity, in both directions. `type` alone is always there; all else depends on it.
  package struct Activity: Sendable, Hashable {
    /// `message`, `typing`, `conversationUpdate`, ...; unknown types are to be tolerated.
    package var type: String
    /// The channel's id of the activity: what repetitions are told by.
    package var id: String?
    /// ISO 8601 with up to seven fractional digits.
    package var timestamp: String?
    /// Where replies go; to be trusted only as far as the token's `serviceurl` equals it.
    package var serviceUrl: String?
    package var channelId: String?
    package var from: ChannelAccount?
    package var conversation: ConversationAccount?
    package var recipient: ChannelAccount?
    /// `plain`, `markdown` or `xml`.
    package var textFormat: String?
    package var text: String?
    /// The activity that this one answers.
    package var replyToId: String?
    package var locale: String?
    package var inputHint: String?
    package var entities: [Entity]?
    package var channelData: ChannelData?
    /// Of an `invoke`, what it asks for.
    package var name: String?
    /// Of an `adaptiveCard/action` invoke, the button.
    package var cardAction: CardAction?
    /// Of a `message/submitAction` invoke, what a person thinks of the activity in `replyToId`.
    package var feedback: Feedback?
    /// Adaptive Cards, as the JSON that they are.
    package var cards: [[UInt8]] = []

    package init(
      type: String,
      id: String? = nil,
      timestamp: String? = nil,
      serviceUrl: String? = nil,
      channelId: String? = nil,
      from: ChannelAccount? = nil,
      conversation: ConversationAccount? = nil,
      recipient: ChannelAccount? = nil,
      textFormat: String? = nil,
      text: String? = nil,
      replyToId: String? = nil,
      locale: String? = nil,
      inputHint: String? = nil,
      entities: [Entity]? = nil,
      channelData: ChannelData? = nil
    ) {
      self.type = type
      self.id = id
      self.timestamp = timestamp
      self.serviceUrl = serviceUrl
      self.channelId = channelId
      self.from = from
      self.conversation = conversation
      self.recipient = recipient
      self.textFormat = textFormat
      self.text = text
      self.replyToId = replyToId
      self.locale = locale
      self.inputHint = inputHint
      self.entities = entities
      self.channelData = channelData
    }

    /// The tenant that the channel states, wherever it states it.
    package var tenantID: String? {
      conversation?.tenantId ?? channelData?.tenant?.id
    }
  }
}

extension BotFramework {
  package static let cardActionName = "adaptiveCard/action"
  package static let adaptiveCard = "application/vnd.microsoft.card.adaptive"

  /// A button of an Adaptive Card, as somebody pressed it.
  package struct CardAction: Sendable, Hashable {
    /// `Action.Execute`.
    package var type: String
    package var verb: String
    package var title: String?
    /// What the bot gave the button: its members that are strings, in their order.
    package var data: [Field]

    package init(type: String, verb: String, title: String? = nil, data: [Field]) {
      self.type = type
      self.verb = verb
      self.title = title
      self.data = data
    }

    package subscript(name: String) -> String? {
      data.first { $0.name == name }?.value
    }
  }

  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// Cards and buttons are left to the readers that are written by hand.
extension BotFramework.Activity: Codable {
  private enum CodingKeys: String, CodingKey {
    case type
    case id
    case timestamp
    case serviceUrl
    case channelId
    case from
    case conversation
    case recipient
    case textFormat
    case text
    case replyToId
    case locale
    case inputHint
    case entities
    case channelData
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    type = try container.decode(String.self, forKey: .type)
    id = try container.decodeIfPresent(String.self, forKey: .id)
    timestamp = try container.decodeIfPresent(String.self, forKey: .timestamp)
    serviceUrl = try container.decodeIfPresent(String.self, forKey: .serviceUrl)
    channelId = try container.decodeIfPresent(String.self, forKey: .channelId)
    from = try container.decodeIfPresent(BotFramework.ChannelAccount.self, forKey: .from)
    conversation = try container.decodeIfPresent(
      BotFramework.ConversationAccount.self,
      forKey: .conversation
    )
    recipient = try container.decodeIfPresent(BotFramework.ChannelAccount.self, forKey: .recipient)
    textFormat = try container.decodeIfPresent(String.self, forKey: .textFormat)
    text = try container.decodeIfPresent(String.self, forKey: .text)
    replyToId = try container.decodeIfPresent(String.self, forKey: .replyToId)
    locale = try container.decodeIfPresent(String.self, forKey: .locale)
    inputHint = try container.decodeIfPresent(String.self, forKey: .inputHint)
    // Both are open bags on the wire: what does not fit is not ours, and no reason to refuse.
    entities = try? container.decodeIfPresent([BotFramework.Entity].self, forKey: .entities)
    channelData = try? container.decodeIfPresent(
      BotFramework.ChannelData.self,
      forKey: .channelData
    )
  }
}
