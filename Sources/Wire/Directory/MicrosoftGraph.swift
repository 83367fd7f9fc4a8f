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
    /// `Member` or `Guest`.
    package var userType: String?

    package init(
      id: String,
      displayName: String? = nil,
      department: String? = nil,
      userPrincipalName: String? = nil,
      accountEnabled: Bool? = nil,
      userType: String? = nil
    ) {
      self.userType = userType
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

extension MicrosoftGraph.User {
  /// Reads a user as far as a department depends on it; whatever else it holds is skipped.
  ///
  /// - Throws: `JSONFault`, also where a field that is needed has another kind of value.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var user = MicrosoftGraph.User(id: "")
    try reader.readObject { name, reader in
      if try reader.readNull() { return }
      switch name {
      case "id": user.id = try reader.readString()
      case "department": user.department = try reader.readString()
      case "accountEnabled": user.accountEnabled = try reader.readBool()
      case "userType": user.userType = try reader.readString()
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    self = user
  }
}
