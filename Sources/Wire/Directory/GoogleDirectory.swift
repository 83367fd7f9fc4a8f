/// What a look-up of a person in a Google Workspace directory carries.
package enum GoogleDirectory {
  package static let readScope =
    "https://www.googleapis.com/auth/admin.directory.user.readonly"

  package struct Name: Sendable, Hashable, Codable {
    package var fullName: String?

    package init(fullName: String?) {
      self.fullName = fullName
    }
  }

  package struct Organization: Sendable, Hashable, Codable {
    package var department: String?
    package var primary: Bool?

    package init(department: String?, primary: Bool? = nil) {
      self.department = department
      self.primary = primary
    }
  }

  package struct User: Sendable, Hashable, Codable {
    package var kind: String?
    package var id: String
    package var primaryEmail: String?
    package var name: Name?
    package var suspended: Bool?
    package var customerId: String?
    package var organizations: [Organization]?

    package init(
      kind: String? = "admin#directory#user",
      id: String,
      primaryEmail: String? = nil,
      name: Name? = nil,
      suspended: Bool? = nil,
      customerId: String? = nil,
      organizations: [Organization]? = nil
    ) {
      self.kind = kind
      self.id = id
      self.primaryEmail = primaryEmail
      self.name = name
      self.suspended = suspended
      self.customerId = customerId
      self.organizations = organizations
    }

    /// The department of the primary organisation, else of the first.
    package var department: String? {
      let primary = organizations?.first { $0.primary == true } ?? organizations?.first
      return primary?.department
    }
  }

  package typealias ErrorBody = GoogleChat.ErrorBody
}
