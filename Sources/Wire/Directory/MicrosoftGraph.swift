/// What a look-up of a person in Microsoft Entra carries.
package enum MicrosoftGraph {
  package static let audience = "https://graph.microsoft.com"

  /// A user; every property that `$select` does not name is absent, and an unset one is null.
  package struct User: Sendable, Hashable, Codable {
    package var id: String
    package var displayName: String?
    package var department: String?
    package var userPrincipalName: String?
    package var accountEnabled: Bool?

    package init(
      id: String,
      displayName: String? = nil,
      department: String? = nil,
      userPrincipalName: String? = nil,
      accountEnabled: Bool? = nil
    ) {
      self.id = id
      self.displayName = displayName
      self.department = department
      self.userPrincipalName = userPrincipalName
      self.accountEnabled = accountEnabled
    }
  }

  /// `Request_ResourceNotFound`, `InvalidAuthenticationToken`, ...: the connector's shape.
  package typealias ErrorBody = BotFramework.ErrorBody
}
