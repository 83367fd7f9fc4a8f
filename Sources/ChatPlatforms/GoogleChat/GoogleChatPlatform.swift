import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Wire
package import Worlds

/// Google Chat towards a Chat app: people who write, the signed deliveries of their messages, and
/// the REST interface that takes the app's answers.
package final class GoogleChatPlatform: Sendable {
  static let apiHost = "chat.googleapis.com"
  static let keysHost = "www.googleapis.com"

  /// A message of the bot.
  struct BotMessage: Sendable {
    var wire: GoogleChat.Message
    var inReplyTo: String?
  }

  struct LastDelivery: Sendable {
    var message: String
    var place: ChatPlace
    var body: ByteBuffer
    var attempts: Int
  }

  struct RequestKey: Hashable, Sendable {
    var space: String
    var requestID: String
  }

  struct State: Sendable {
    /// Our ids of messages, by the name of the thread that each began.
    var threads = RecentEntries<String, String>()
    /// The bot's messages by name, custom names included.
    var botMessages = RecentEntries<String, BotMessage>()
    /// Names of the bot's messages, by the request id that made them.
    var requests = RecentEntries<RequestKey, String>()
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
    policy: DeliveryPolicy = .googleChat,
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
      path: description.vendor.googleChatPath,
      policy: policy,
      observe: observe
    )
  }

  package var hosts: [String: Responder] {
    [Self.apiHost: apiResponder(), Self.keysHost: keysResponder()]
  }

  var botUser: GoogleChat.User {
    GoogleChat.User(name: "users/\(bot.googleAudience)", displayName: bot.name, type: "BOT")
  }

  /// Where the key set of Chat's service account is published.
  private func keysResponder() -> Responder {
    let json = self.json
    let keySet = keys.googleChatKeySet
    let router = Router(context: ServerContext.self)
    router.get("/service_accounts/v1/metadata/jwk/:account") { _, context in
      guard context.parameters.decoded("account") == GoogleChat.issuer else {
        return try json.response(
          .notFound,
          GoogleChat.ErrorBody(code: 404, message: "Account not found.", status: "NOT_FOUND")
        )
      }
      return json.response(
        .ok,
        bytes: keySet,
        headers: [.cacheControl: "public, max-age=20000, must-revalidate"]
      )
    }
    let responder = router.buildResponder()
    return { try await responder.respond(to: $0, context: $1) }
  }
}
