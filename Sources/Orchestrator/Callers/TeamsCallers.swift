import Foundation
import HTTPTypes
import Wire
import Worlds

/// Makes sure that an activity comes from Teams, and says what it asks and for whom.
struct TeamsCallers: Sendable {
  enum Finding {
    case message(ReceivedMessage)
    /// A button of a card.
    case pressed(PressedButton)
    /// One of the thumbs that Teams itself puts under answers.
    case voted(PressedButton)
    /// A genuine activity that wants no answer.
    case ignored
    /// An `invoke` that this bot does not offer.
    case unsupported
    /// A button that no card of this bot has.
    case unknownButton
    case unknownTenant
    /// It lacks what every message has.
    case incomplete
  }

  private let verifier: TokenVerifier<BotFrameworkClaims>
  private let allowedServiceHosts: Set<String>
  private let tenants: [String: String]
  private let clock: any WorldClock

  init(
    _ settings: OrchestratorConfiguration.Teams,
    tenants: [OrchestratorConfiguration.Tenant],
    transport: TimedTransport
  ) throws(ConfigurationFault) {
    let metadata = try Endpoint(settings.openIDMetadataURL, setting: "teams.openIDMetadataURL")
    verifier = TokenVerifier(
      keys: IssuerKeys(
        .metadata(metadata, issuer: BotFramework.tokenIssuer),
        transport: transport
      ),
      issuer: BotFramework.tokenIssuer,
      audience: settings.appID,
      leeway: 300,
      clock: transport.clock
    )
    allowedServiceHosts = Set(settings.allowedServiceHosts)
    self.tenants = Dictionary(
      tenants.compactMap { tenant in tenant.teamsTenantID.map { ($0, tenant.id) } },
      uniquingKeysWith: { first, _ in first }
    )
    clock = transport.clock
  }

  /// - Throws: `CallerRefusal`.
  func verify(authorization: String?) async throws -> TokenVerifier<BotFrameworkClaims>.Verified {
    try await verifier.verify(authorization: authorization)
  }

  /// - Throws: `CallerRefusal`, where the token does not vouch for this activity.
  func examine(
    _ activity: BotFramework.Activity,
    sentWith token: TokenVerifier<BotFrameworkClaims>.Verified
  ) throws(CallerRefusal) -> Finding {
    guard let channel = activity.channelId, token.endorsements.contains(channel),
      channel == BotFramework.teamsChannel
    else { throw .unauthorized("channel not endorsed") }
    guard let serviceURL = activity.serviceUrl, let vouchedFor = token.claims.serviceurl,
      serviceURL.utf8.elementsEqual(vouchedFor.utf8)
    else { throw .unauthorized("serviceurl") }
    guard let endpoint = Endpoint(serviceURL), endpoint.scheme == "https",
      allowedServiceHosts.contains(endpoint.authority)
    else { throw .unauthorized("service host") }
    switch activity.type {
    case "message": return message(activity, serviceURL: serviceURL)
    case "invoke"
    where activity.name == BotFramework.cardActionName
      || activity.name == BotFramework.submitActionName:
      return pressed(activity, serviceURL: serviceURL)
    case "invoke": return .unsupported
    default: return .ignored
    }
  }

  private func pressed(_ activity: BotFramework.Activity, serviceURL: String) -> Finding {
    guard let conversation = activity.conversation, !conversation.id.isEmpty,
      let from = activity.from
    else { return .incomplete }
    guard let tenant = tenant(of: activity) else { return .unknownTenant }
    guard let (button, place) = Self.button(of: activity) else { return .unknownButton }
    let press = PressedButton(
      platform: .teams,
      tenant: tenant,
      conversation: conversation.id,
      person: from.aadObjectId ?? "",
      button: button,
      place: place,
      target: activity.id,
      address: serviceURL,
      at: clock.now
    )
    return activity.name == BotFramework.submitActionName ? .voted(press) : .pressed(press)
  }

  /// A button of a card, or one of the thumbs of Teams.
  private static func button(
    of activity: BotFramework.Activity
  ) -> (AnswerCard.Button, PressedButton.Place)? {
    if activity.name == BotFramework.submitActionName {
      guard let reply = activity.replyToId else { return nil }
      switch activity.feedback?.reaction {
      case "like": return (.helpful, .on(reply: reply))
      case "dislike": return (.unhelpful, .on(reply: reply))
      default: return nil
      }
    }
    guard let action = activity.cardAction, let button = AnswerCard.Button(rawValue: action.verb),
      let answered = action[AnswerCard.activityName]
    else { return nil }
    return (button, .under(activity: answered))
  }

  private func tenant(of activity: BotFramework.Activity) -> String? {
    let stated = activity.channelData?.tenant?.id
    guard let entraTenant = activity.conversation?.tenantId ?? stated,
      stated == nil || stated == entraTenant
    else { return nil }
    return tenants[entraTenant]
  }

  private func message(_ activity: BotFramework.Activity, serviceURL: String) -> Finding {
    guard let conversation = activity.conversation, !conversation.id.isEmpty,
      let id = activity.id, !id.isEmpty, let from = activity.from, let bot = activity.recipient
    else { return .incomplete }
    guard let tenant = tenant(of: activity) else { return .unknownTenant }
    let question = Self.question(in: activity, bot: bot)
    // The click on a card has no text.
    guard !question.isEmpty else { return .ignored }
    return .message(
      ReceivedMessage(
        platform: .teams,
        tenant: tenant,
        conversation: conversation.id,
        activity: id,
        person: from.aadObjectId ?? "",
        isGroup: conversation.isGroup == true || conversation.conversationType != "personal",
        address: serviceURL,
        bot: bot.id,
        recipient: from.id,
        question: question,
        receivedAt: clock.now
      )
    )
  }

  /// What the person wrote, without the mention of the bot that groups demand.
  private static func question(
    in activity: BotFramework.Activity,
    bot: BotFramework.ChannelAccount
  ) -> String {
    var text = activity.text ?? ""
    for entity in activity.entities ?? [] where entity.mentioned?.id == bot.id {
      if let words = entity.text, !words.isEmpty {
        text = text.replacingOccurrences(of: words, with: "")
      }
    }
    if text.utf8.contains(UInt8(ascii: "<")), text.contains("<at>"), let name = bot.name {
      text = text.replacingOccurrences(of: "<at>\(name)</at>", with: "")
    }
    return text.trimmed
  }
}
