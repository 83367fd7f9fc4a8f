import HTTPTypes
import Hummingbird
import Synchronization
import Wire
package import Worlds

/// Microsoft Teams towards a bot: people who write, the signed deliveries of their messages, and
/// the connector that takes the bot's answers.
package final class TeamsPlatform: Sendable {
  static let connectorHost = "smba.trafficmanager.net"
  static let issuerHost = "login.botframework.com"

  /// A message of a person, as far as answers to it need it.
  struct Sent: Sendable {
    var message: String
    var conversation: String
  }

  /// A message of the bot.
  struct BotMessage: Sendable {
    var conversation: String
    var inReplyTo: String?
  }

  struct State: Sendable {
    var sent = RecentEntries<String, Sent>()
    var botMessages = RecentEntries<String, BotMessage>()
    var cards = CardRack()
    /// Answers that grow, by conversation: the newest of each.
    var streams: [String: StreamedAnswer] = [:]
    /// How many messages of the bot each conversation has.
    var replies: [String: Int] = [:]
  }

  let bot: ChatWorldDescription.Bot
  let population: ChatPopulation
  let keys: IssuerKeys
  let accessTokens: AccessTokens
  let clock: any WorldClock
  let randomness: Randomness
  let observe: ChatObserver
  let courier: MessageCourier
  let replies: ReplyReports
  let tokens = DeliveryTokens()
  let json = JSONAnswers()
  let state = Mutex(State())

  init(_ parts: PlatformParts, policy: DeliveryPolicy) {
    bot = parts.description.bot
    population = parts.population
    keys = parts.keys
    accessTokens = parts.accessTokens
    clock = parts.clock
    randomness = parts.randomness
    observe = parts.observe
    courier = parts.courier(to: parts.description.vendor.teamsPath, policy)
    replies = parts.replies(on: .teams)
  }

  package var hosts: [String: Responder] {
    [Self.connectorHost: connectorResponder(), Self.issuerHost: issuerResponder()]
  }

  static func serviceURL(of tenant: ChatWorldDescription.Tenant) -> String {
    "https://\(connectorHost)/amer/\(tenant.teamsTenantID)/"
  }

  /// Where the issuer of delivery tokens publishes itself and its keys.
  private func issuerResponder() -> Responder {
    let metadata = OpenID.Metadata(
      issuer: BotFramework.tokenIssuer,
      keySetURL: "https://\(Self.issuerHost)/v1/.well-known/keys"
    )
    let json = self.json
    let keySet = keys.botFrameworkKeySet
    let caching: HTTPFields = [.cacheControl: "public, max-age=86400"]
    let router = Router(context: ServerContext.self)
    router.get("/v1/.well-known/openidconfiguration") { _, _ in
      try json.response(.ok, metadata, headers: caching)
    }
    router.get("/v1/.well-known/keys") { _, _ in
      json.response(.ok, bytes: keySet, headers: caching)
    }
    return router.answering()
  }
}
