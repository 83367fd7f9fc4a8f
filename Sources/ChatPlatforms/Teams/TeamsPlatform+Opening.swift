import Foundation
import Hummingbird
import NIOCore
import Wire
import Worlds

extension TeamsPlatform {
  /// Gives the bot its personal chat with a person, by the id of Teams or of the directory. There
  /// is one such chat, however often it is asked for.
  func openConversation(_ request: Request) async throws -> Response {
    guard
      case .whole(let body) = try await BoundedBody.read(request, upTo: 16 << 10),
      let wanted = try? JSONDecoder().decode(
        BotFramework.ConversationParameters.self,
        from: Data(body.readableBytesView)
      ),
      wanted.isGroup != true, let members = wanted.members, members.count == 1,
      wanted.bot?.id == "28:\(bot.teamsAppID)",
      let tenant = wanted.channelData?.tenant?.id ?? wanted.tenantId
    else {
      throw try refusal(.badRequest, "BadSyntax", "Incorrect conversation creation parameters")
    }
    let id = members[0].id
    guard
      let identity = population.person(teamsID: id) ?? population.person(objectID: id),
      identity.person.platform == .teams, identity.tenant.teamsTenantID == tenant,
      let place = population.place(for: identity, in: nil)
    else {
      throw try refusal(
        .forbidden,
        "ForbiddenOperationException",
        "The bot is not installed in user's personal scope"
      )
    }
    return json.response(.created, written: BotFramework.ResourceResponse(id: place.wireID))
  }
}
