import Hummingbird
import Wire
import Worlds

extension GoogleChatPlatform {
  /// One page of who is in a space, people from other customers included; the app itself is not
  /// listed.
  func members(
    _ request: Request,
    _: ServerContext,
    _ place: ChatPlace
  ) throws -> Response {
    let people = population.members(of: place)
    let asked = request.query("pageSize").flatMap { Int($0) } ?? 100
    guard asked >= 0 else { return try refuse(.badRequest, "The page size is negative.") }
    let size = asked == 0 ? 100 : min(asked, 1_000)
    var start = 0
    if let token = request.query("pageToken"), !token.isEmpty {
      guard let offset = Int(token), (0...people.count).contains(offset) else {
        return try refuse(.badRequest, "The page token is not valid.")
      }
      start = offset
    }
    let end = min(start + size, people.count)
    return try json.response(
      .ok,
      GoogleChat.MembershipList(
        memberships: people[start..<end].map { identity in
          GoogleChat.Membership(
            name: "\(place.wireID)/members/\(identity.googleID)",
            state: "JOINED",
            role: "ROLE_MEMBER",
            member: GoogleChat.User(
              name: "users/\(identity.googleID)",
              displayName: identity.person.name,
              type: "HUMAN",
              domainId: identity.tenant.googleDomainID
            )
          )
        },
        nextPageToken: end < people.count ? String(end) : nil
      )
    )
  }
}
