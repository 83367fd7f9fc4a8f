/// The bodies that travel between Microsoft Teams and a bot: Bot Framework activities, and the
/// connector's REST answers. What a bot does not need is not read, and never refused.
package enum BotFramework {
  /// The `channelId` of Teams, and what a signing key must be endorsed for.
  package static let teamsChannel = "msteams"
  package static let tokenIssuer = "https://api.botframework.com"
  /// The audience of a bot's access token for the connector.
  package static let connectorAudience = "https://api.botframework.com"
}

extension BotFramework {
  /// A person or a bot as the channel names it.
  package struct ChannelAccount: Sendable, Hashable, Codable {
    /// `29:…` for a person, `28:<app id>` for a bot: the channel's own id, not the directory's.
    package var id: String
    package var name: String?
    /// The person's object id in Entra: what a directory look-up takes. Absent for bots and some
    /// guests.
    package var aadObjectId: String?

    package init(id: String, name: String? = nil, aadObjectId: String? = nil) {
      self.id = id
      self.name = name
      self.aadObjectId = aadObjectId
    }
  }

  package struct ConversationAccount: Sendable, Hashable, Codable {
    package var id: String
    /// `personal`, `groupChat` or `channel`.
    package var conversationType: String?
    package var tenantId: String?
    /// True in groups and channels, absent in personal chats.
    package var isGroup: Bool?
    package var name: String?

    package init(
      id: String,
      conversationType: String? = nil,
      tenantId: String? = nil,
      isGroup: Bool? = nil,
      name: String? = nil
    ) {
      self.id = id
      self.conversationType = conversationType
      self.tenantId = tenantId
      self.isGroup = isGroup
      self.name = name
    }
  }

  /// An entity of an activity: a mention has `mentioned`, and a piece of a streamed answer says
  /// where it belongs; other types carry what is not modelled.
  package struct Entity: Sendable, Hashable, Codable {
    package var type: String
    /// Of a mention, the words in the activity's text; some clients leave it out.
    package var text: String?
    package var mentioned: ChannelAccount?
    /// Of `streaminfo`: the first activity of the stream, which has none itself.
    package var streamId: String?
    /// `informative`, `streaming` or `final`.
    package var streamType: String?
    /// Rises from 1; the final activity has none.
    package var streamSequence: Int?

    package init(
      type: String,
      text: String? = nil,
      mentioned: ChannelAccount? = nil,
      streamId: String? = nil,
      streamType: String? = nil,
      streamSequence: Int? = nil
    ) {
      self.streamId = streamId
      self.streamType = streamType
      self.streamSequence = streamSequence
      self.type = type
      self.text = text
      self.mentioned = mentioned
    }
  }

  package struct Identified: Sendable, Hashable, Codable {
    package var id: String

    package init(id: String) {
      self.id = id
    }
  }

  package struct ChannelData: Sendable, Hashable, Codable {
    package var tenant: Identified?
    package var team: Identified?
    package var channel: Identified?
    /// Of a bot's message: Teams puts its own thumbs under it.
    package var feedbackLoop: FeedbackLoop?

    package init(
      tenant: Identified? = nil,
      team: Identified? = nil,
      channel: Identified? = nil,
      feedbackLoop: FeedbackLoop? = nil
    ) {
      self.tenant = tenant
      self.team = team
      self.channel = channel
      self.feedbackLoop = feedbackLoop
    }
  }

  package struct FeedbackLoop: Sendable, Hashable, Codable {
    /// `default`, or `custom` for a form of the bot's own.
    package var type: String

    package init(type: String) {
      self.type = type
    }
  }
}
