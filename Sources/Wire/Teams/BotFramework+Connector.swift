extension BotFramework {
  /// The connector's answer to a sent or updated activity. A typing activity may be answered
  /// with `{}`.
  package struct ResourceResponse: Sendable, Hashable, Codable {
    package var id: String?

    package init(id: String?) {
      self.id = id
    }
  }

  /// What a bot asks for that wants to write to somebody first.
  package struct ConversationParameters: Sendable, Hashable, Codable {
    package var isGroup: Bool?
    package var bot: ChannelAccount?
    package var members: [ChannelAccount]?
    package var tenantId: String?
    package var channelData: ChannelData?

    package init(
      isGroup: Bool? = nil,
      bot: ChannelAccount? = nil,
      members: [ChannelAccount]? = nil,
      tenantId: String? = nil,
      channelData: ChannelData? = nil
    ) {
      self.isGroup = isGroup
      self.bot = bot
      self.members = members
      self.tenantId = tenantId
      self.channelData = channelData
    }
  }

  /// A member of a conversation. The directory id stands under either of two names.
  package struct Member: Sendable, Hashable, Codable {
    package var id: String
    package var name: String?
    package var aadObjectId: String?
    package var objectId: String?
    package var tenantId: String?
    /// `user`, `guest`, `anonymous`, ...
    package var userRole: String?

    package init(
      id: String,
      name: String? = nil,
      aadObjectId: String? = nil,
      objectId: String? = nil,
      tenantId: String? = nil,
      userRole: String? = nil
    ) {
      self.id = id
      self.name = name
      self.aadObjectId = aadObjectId
      self.objectId = objectId
      self.tenantId = tenantId
      self.userRole = userRole
    }

    package var directoryID: String? { aadObjectId ?? objectId }
  }

  /// One page of a roster; `continuationToken` asks for the next, and is absent on the last.
  package struct PagedMembers: Sendable, Hashable, Codable {
    package var members: [Member]
    package var continuationToken: String?

    package init(members: [Member], continuationToken: String? = nil) {
      self.members = members
      self.continuationToken = continuationToken
    }
  }

  /// `{"error":{"code":"…","message":"…"}}`, from the connector and from Microsoft Graph alike.
  package struct ErrorBody: Sendable, Hashable, Codable {
    package struct Details: Sendable, Hashable, Codable {
      package var code: String
      package var message: String

      package init(code: String, message: String) {
        self.code = code
        self.message = message
      }
    }

    package var error: Details

    package init(code: String, message: String) {
      error = Details(code: code, message: message)
    }
  }
}
