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
    guard asked >= 0 else { throw try refusal(.badRequest, "The page size is negative.") }
    let size = asked == 0 ? 100 : min(asked, 1_000)
    guard let page = ListPage(token: request.query("pageToken"), size: size, of: people.count)
    else { throw try refusal(.badRequest, "The page token is not valid.") }
    return try json.response(
      .ok,
      GoogleChat.MembershipList(
        memberships: people[page.range].map { identity in
          GoogleChat.Membership(
            name: "\(place.wireID)/members/\(identity.googleID)",
            state: "JOINED",
            role: "ROLE_MEMBER",
            member: GoogleChat.User(
              name: "users/\(identity.googleID)",
              displayName: identity.person.name,
              type: "HUMAN",
              domainId: identity.googleDomainID
            )
          )
        },
        nextPageToken: page.next
      )
    )
  }

  /// The direct messages of the app and a person, who is named by id or address. An app with
  /// credentials of its own cannot set them up: they are there once a person has the app.
  func findDirectMessage(_ request: Request) throws -> Response {
    let prefix = "users/"
    guard let name = request.query("name"), name.hasPrefix(prefix) else {
      throw try refusal(.badRequest, "The name of a user is missing.")
    }
    guard
      let identity = population.person(googleKey: String(name.dropFirst(prefix.count))),
      identity.person.platform == .googleChat,
      let place = population.place(for: identity, in: nil)
    else { throw try refusal(.notFound, "The direct message was not found.") }
    return try json.response(.ok, wireSpace(place))
  }
}
