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
    guard
      let page = ListPage(
        token: request.query("continuationToken"),
        size: size,
        of: members.count
      )
    else { throw try refusal(.badRequest, "Bad Argument", "The continuation token is not valid.") }
    return try json.response(
      .ok,
      BotFramework.PagedMembers(
        members: members[page.range].map { wireMember($0, in: place) },
        continuationToken: page.next
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
      population.members(of: place).contains(identity)
    else {
      throw try refusal(.notFound, "MemberNotFoundInConversation", "Member not found.")
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
      userRole: identity.tenant == place.tenant && !identity.person.isGuest ? "user" : "guest"
    )
  }
}
