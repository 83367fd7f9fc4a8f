import Worlds

extension Announcer {
  /// The persons whom customers have named, each with the way there.
  ///
  /// - Throws: `ConfigurationFault.badURL`.
  static func contacts(
    _ configuration: OrchestratorConfiguration,
    googleChat: GoogleChatReplySender?,
    tokens: AccessTokens,
    transport: TimedTransport
  ) throws -> [String: Contact] {
    var contacts: [String: Contact] = [:]
    for tenant in configuration.tenants {
      guard let named = tenant.rejectedKey.contact else { continue }
      let door: any ChatDoor
      switch named.platform {
      case .teams:
        guard let teams = configuration.teams, let entraTenant = tenant.teamsTenantID else {
          continue
        }
        door = TeamsDoor(
          service: try Endpoint(teams.serviceURL, setting: "teams.serviceURL"),
          appID: teams.appID,
          entraTenant: entraTenant,
          tokens: tokens,
          transport: transport
        )
      case .googleChat:
        guard let googleChat else { continue }
        door = GoogleChatDoor(sender: googleChat)
      }
      contacts[tenant.id] = Contact(
        organization: tenant.name,
        settings: tenant.rejectedKey,
        person: named.person,
        door: door
      )
    }
    return contacts
  }
}
