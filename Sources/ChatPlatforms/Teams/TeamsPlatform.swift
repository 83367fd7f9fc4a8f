import HTTPTypes
import Hummingbird
import NIOCore
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

  /// The last delivery of a person, to be repeated byte for byte.
  struct LastDelivery: Sendable {
    var message: String
    var body: ByteBuffer
    var headers: HTTPFields
    var purpose: DeliveryTokens.Purpose
    var attempts: Int
  }

  struct State: Sendable {
    var sent = RecentEntries<String, Sent>()
    var botMessages = RecentEntries<String, BotMessage>()
    var last: [String: LastDelivery] = [:]
    /// How many messages of the bot each conversation has.
    var replies: [String: Int] = [:]
  }

  let bot: ChatWorldDescription.Bot
  let vendor: ChatWorldDescription.Vendor
  let population: ChatPopulation
  let keys: IssuerKeys
  let accessTokens: AccessTokens
  let clock: any WorldClock
  let randomness: Randomness
  let delivery: VendorDelivery
  let observe: ChatObserver
  let json = JSONAnswers()
  let tokens = DeliveryTokens()
  let state = Mutex(State())

  package init(
    description: ChatWorldDescription,
    population: ChatPopulation,
    keys: IssuerKeys,
    accessTokens: AccessTokens,
    clock: any WorldClock,
    randomness: Randomness,
    transport: any HTTPTransport,
    policy: DeliveryPolicy = .teams,
    observe: @escaping ChatObserver
  ) {
    bot = description.bot
    vendor = description.vendor
    self.population = population
    self.keys = keys
    self.accessTokens = accessTokens
    self.clock = clock
    self.randomness = randomness
    self.observe = observe
    delivery = VendorDelivery(
      transport: transport,
      clock: clock,
      host: description.vendor.host,
      path: description.vendor.teamsPath,
      policy: policy,
      observe: observe
    )
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
    let responder = router.buildResponder()
    return { try await responder.respond(to: $0, context: $1) }
  }
}
