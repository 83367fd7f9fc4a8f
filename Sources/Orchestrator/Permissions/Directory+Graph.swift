import NIOCore
import Wire
import Worlds

/// Microsoft Graph, read with the application permissions `User.Read.All` and, where departments
/// are groups, `GroupMember.Read.All`.
extension Directory {
  func microsoftStanding(
    of person: String,
    in tenant: OrchestratorConfiguration.Tenant,
    named name: String
  ) async throws -> Standing {
    guard let entraTenant = tenant.teamsTenantID else { return .unknown }
    let purpose = AccessTokens.Purpose.graph(entraTenant: entraTenant)
    let path = "/v1.0/users/\(person.percentEncoded)"
    let user = try MicrosoftGraph.User(
      json: try await calls.get(
        path + "?$select=id,department,accountEnabled,userType",
        at: graph,
        as: purpose,
        named: name
      ).bytes
    )
    if user.accountEnabled == false { return .deactivated }
    if user.userType == "Guest" { return .guest }
    switch tenant.departmentsFrom {
    case .property: return .member(departments: [user.department].compactMap { $0 })
    case .groups:
      let first = "\(path)/transitiveMemberOf?$select=id,displayName&$top=100"
      let groups = try await groups(from: first, as: purpose, named: name)
      return .member(departments: tenant.departments(ofGroups: groups))
    }
  }

  /// Ids of all groups on the pages from `first` on.
  private func groups(
    from first: String,
    as purpose: AccessTokens.Purpose,
    named name: String
  ) async throws -> Set<String> {
    var groups: Set<String> = []
    var next: String? = first
    var pages = 0
    while let path = next {
      pages += 1
      guard pages <= Self.mostPages else { throw Unavailable() }
      let page = try MicrosoftGraph.DirectoryObjects(
        json: try await calls.get(path, at: graph, as: purpose, named: "\(name)/\(pages)").bytes
      )
      for object in page.value where object.kind == .group { groups.insert(object.id) }
      next = try page.nextLink.map(pathOfNextPage)
    }
    return groups
  }

  /// An answer may name any address for its next page; our token goes to Graph's host alone.
  private func pathOfNextPage(_ link: String) throws -> String {
    let base = "\(graph.scheme)://\(graph.authority)/"
    guard link.hasPrefix(base), link.utf8.count <= 4_096,
      link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw Unavailable() }
    return String(link.dropFirst(base.count - 1))
  }
}

extension OrchestratorConfiguration.Tenant {
  /// Departments of which one group at least is among these.
  func departments(ofGroups groups: Set<String>) -> [String] {
    departments.filter { !groups.isDisjoint(with: $0.groups) }.map(\.id)
  }
}
