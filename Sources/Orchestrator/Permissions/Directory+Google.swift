import NIOCore
import Wire
import Worlds

/// Google's Admin Directory API, read on behalf of the customer's administrator. Groups are those
/// that somebody is a direct member of: the API lists no others.
extension Directory {
  func googleStanding(
    of person: String,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> Standing {
    let user = try GoogleDirectory.User(
      json: try await calls.get(
        "/admin/directory/v1/users/\(person.percentEncoded)?projection=full",
        at: google,
        as: .googleDirectory(subject: tenant.googleDirectoryAdmin),
        named: name
      ).bytes
    )
    // One directory service may answer for several customers.
    if let customer = user.customerId, customer != tenant.googleDomainID { return .unknown }
    if user.suspended == true { return .deactivated }
    switch tenant.departmentsFrom {
    case .property: return .member(departments: [user.department].compactMap { $0 })
    case .groups:
      let groups = try await groups(of: person, in: tenant, named: name)
      return .member(departments: tenant.departments(ofGroups: groups))
    }
  }

  /// Ids and addresses of all groups of a person.
  private func groups(
    of person: String,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> Set<String> {
    var groups: Set<String> = []
    var token: String?
    var pages = 0
    repeat {
      pages += 1
      guard pages <= Self.mostPages else { throw Unavailable() }
      let page = try GoogleDirectory.Groups(
        json: try await calls.get(
          "/admin/directory/v1/groups?userKey=\(person.percentEncoded)&maxResults=200"
            + (token.map { "&pageToken=\($0.percentEncoded)" } ?? ""),
          at: google,
          as: .googleGroups(subject: tenant.googleDirectoryAdmin),
          named: "\(name)/\(pages)"
        ).bytes
      )
      for group in page.groups { groups.formUnion([group.id, group.email]) }
      token = page.nextPageToken.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return groups
  }
}
