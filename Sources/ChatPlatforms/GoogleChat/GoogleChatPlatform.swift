import HTTPTypes
import Hummingbird
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
    /// When it was made or changed last.
    var writtenAt: Timestamp
  }

  struct RequestKey: Hashable, Sendable {
    var space: String
    var requestID: String
  }

  struct State: Sendable {
    /// Our ids of messages, by the name of the thread that each began.
    var threads = RecentEntries<String, String>()
    /// The bot's messages by name, custom names included.
    var botMessages = RecentEntries<String, BotMessage>(bound: 1 << 14)
    var cards = CardRack()
    /// Our ids of presses that wait for an answer, by thread.
    var pressed: [String: [String]] = [:]
    /// Names of the bot's messages, by the request id that made them.
    var requests = RecentEntries<RequestKey, String>()
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
    courier = parts.courier(to: parts.description.vendor.googleChatPath, policy)
    replies = parts.replies(on: .googleChat)
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
    return router.answering()
  }
}
