extension OrchestratorConfiguration {
  /// What happens while the provider does not take a customer's key.
  package struct RejectedKey: Codable, Sendable {
    package enum Policy: String, Codable, Sendable {
      /// Each message is refused at once.
      case refuse
      /// Messages wait for the next key, within the bounds below, and are answered on it.
      case wait
    }

    /// A person in Teams or Google Chat.
    package struct Contact: Codable, Sendable {
      package enum Platform: String, Codable, Sendable {
        case teams
        case googleChat = "google-chat"
      }

      package var platform: Platform
      /// The object id in Entra, or the id of the user in Google Workspace. The person must have
      /// the assistant: no platform lets an app begin a conversation with a stranger.
      package var person: String

      package init(platform: Platform, person: String) {
        self.platform = platform
        self.person = person
      }
    }

    package var messages = Policy.refuse
    /// From when a message begins to wait until it is refused after all.
    package var waitSeconds = 1_800
    /// What may wait at one time; further messages are refused at once.
    package var waitingMessages = 200
    /// Who is told, once when the key is rejected and once when the assistant works again. Nil for
    /// nobody: administrators see it in the dashboard.
    package var contact: Contact?

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&messages, .messages)
      try container.read(&waitSeconds, .waitSeconds)
      try container.read(&waitingMessages, .waitingMessages)
      contact = try container.decodeIfPresent(Contact.self, forKey: .contact)
    }
  }
}

extension OrchestratorConfiguration.Tenant {
  /// - Throws: `ConfigurationFault` for bounds that let nothing wait, and for somebody whom no
  ///   configured platform reaches.
  func validateRejectedKey(
    in configuration: OrchestratorConfiguration
  ) throws(ConfigurationFault) {
    guard rejectedKey.waitSeconds >= 1, rejectedKey.waitingMessages >= 1 else {
      throw .badWaiting(tenant: id)
    }
    guard let contact = rejectedKey.contact else { return }
    switch contact.platform {
    case .teams:
      guard configuration.teams != nil else { throw .missingSetting("teams") }
      guard teamsTenantID != nil else { throw .missingSetting("tenants.teamsTenantID") }
    case .googleChat:
      guard configuration.googleChat != nil else { throw .missingSetting("googleChat") }
    }
  }
}
