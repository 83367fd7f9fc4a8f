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
