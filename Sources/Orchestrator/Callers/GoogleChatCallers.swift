import Foundation
import Wire
import Worlds

/// Makes sure that an event comes from Google Chat, and says what it asks and for whom.
struct GoogleChatCallers: Sendable {
  enum Finding {
    case message(ReceivedMessage)
    /// A button of a card.
    case pressed(PressedButton)
    case ignored
    case unknownTenant
    case incomplete
  }

  private let verifier: TokenVerifier<GoogleChatClaims>
  private let tenants: [String: String]
  private let clock: any WorldClock

  init(
    _ settings: OrchestratorConfiguration.GoogleChat,
    tenants: [OrchestratorConfiguration.Tenant],
    transport: TimedTransport
  ) throws(ConfigurationFault) {
    let keys = try Endpoint(settings.keysURL, setting: "googleChat.keysURL")
    verifier = TokenVerifier(
      keys: IssuerKeys(.keySet(keys), transport: transport),
      issuer: settings.issuer,
      audience: settings.audience,
      leeway: 60,
      clock: transport.clock
    )
    self.tenants = Dictionary(
      tenants.compactMap { tenant in tenant.googleDomainID.map { ($0, tenant.id) } },
      uniquingKeysWith: { first, _ in first }
    )
    clock = transport.clock
  }

  /// - Throws: `CallerRefusal`.
  func verify(authorization: String?) async throws {
    _ = try await verifier.verify(authorization: authorization)
  }

  func examine(_ event: GoogleChat.Event) -> Finding {
    switch event.type {
    case "MESSAGE": message(event)
    case "CARD_CLICKED": pressed(event)
    default: .ignored
    }
  }

  private func pressed(_ event: GoogleChat.Event) -> Finding {
    guard let space = event.space ?? event.message?.space, Self.isSpaceName(space.name),
      let user = event.user, user.name.hasPrefix("users/")
    else { return .incomplete }
    guard let domain = user.domainId, let tenant = tenants[domain] else { return .unknownTenant }
    guard let action = event.action,
      let button = AnswerCard.Button(rawValue: action.actionMethodName),
      let answered = action[AnswerCard.activityName]
    else { return .ignored }
    let isGroup = !space.isDirectMessage
    return .pressed(
      PressedButton(
        platform: .googleChat,
        tenant: tenant,
        conversation: isGroup ? event.message?.thread?.name ?? space.name : space.name,
        person: String(user.name.dropFirst("users/".count)),
        button: button,
        place: .under(activity: answered),
        target: event.eventTime,
        address: space.name,
        at: clock.now
      )
    )
  }

  private func message(_ event: GoogleChat.Event) -> Finding {
    guard let message = event.message, let name = message.name, !name.isEmpty,
      let space = event.space ?? message.space, Self.isSpaceName(space.name),
      let user = event.user ?? message.sender, user.name.hasPrefix("users/")
    else { return .incomplete }
    guard let domain = user.domainId, let tenant = tenants[domain] else { return .unknownTenant }
    // Of a command that was chosen from the app's list, the argument is what follows it.
    let words = message.slashCommand == nil ? message.argumentText ?? message.text : message.text
    let question = (words ?? "").trimmed
    guard !question.isEmpty else { return .ignored }
    let isGroup = !space.isDirectMessage
    let thread = message.thread?.name
    return .message(
      ReceivedMessage(
        platform: .googleChat,
        tenant: tenant,
        conversation: isGroup ? thread ?? space.name : space.name,
        activity: name,
        person: String(user.name.dropFirst("users/".count)),
        isGroup: isGroup,
        address: space.name,
        thread: thread,
        question: question,
        receivedAt: clock.now
      )
    )
  }

  /// Names stand in the paths of later calls.
  private static func isSpaceName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == "spaces" && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { byte in
        byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
          && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "\\")
      } && parts[1] != "." && parts[1] != ".."
  }
}
