import Hummingbird
import Wire
import Worlds

extension TeamsPlatform {
  /// The documented bounds of a page.
  private static let pageSizes = 50...500

  /// One page of who is in a conversation, guests included.
  func roster(
    _ request: Request,
    _: ServerContext,
    _ place: ChatPlace
  ) throws -> Response {
    let members = population.members(of: place)
    let asked = request.query("pageSize").flatMap { Int($0) } ?? 200
    let size = min(max(asked, Self.pageSizes.lowerBound), Self.pageSizes.upperBound)
    var start = 0
    if let token = request.query("continuationToken"), !token.isEmpty {
      guard let offset = Int(token), (0...members.count).contains(offset) else {
        return try refuse(.badRequest, "Bad Argument", "The continuation token is not valid.")
      }
      start = offset
    }
    let end = min(start + size, members.count)
    return try json.response(
      .ok,
      BotFramework.PagedMembers(
        members: members[start..<end].map { wireMember($0, in: place) },
        continuationToken: end < members.count ? String(end) : nil
      )
    )
  }

  /// One member, by the id of Teams or of the directory.
  func member(
    _: Request,
    _ context: ServerContext,
    _ place: ChatPlace
  ) throws -> Response {
    let id = context.parameters.decoded("member")
    guard
      let identity = population.person(teamsID: id) ?? population.person(objectID: id),
      place.conversation.members.contains(identity.person.id)
    else {
      return try refuse(.notFound, "MemberNotFoundInConversation", "Member not found.")
    }
    return try json.response(.ok, wireMember(identity, in: place))
  }

  private func wireMember(
    _ identity: ChatIdentity,
    in place: ChatPlace
  ) -> BotFramework.Member {
    BotFramework.Member(
      id: identity.teamsID,
      name: identity.person.name,
      aadObjectId: identity.objectID,
      tenantId: identity.tenant.teamsTenantID,
      userRole: identity.tenant == place.tenant ? "user" : "guest"
    )
  }
}
