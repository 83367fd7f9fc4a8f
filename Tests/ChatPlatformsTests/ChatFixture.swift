import ChatPlatforms
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Secrets
import Synchronization
import Testing
import Wire
import Worlds

/// The keys of all tests: making them takes too long to do it for each.
enum SharedKeys {
  static let making = Task { try await IssuerKeys.make() }
}

/// Two customers, a few people, and a vendor that is a script.
struct ChatFixture: Sendable {
  static let secret = Secret("bot-secret-of-the-tests")

  let world: ChatWorld
  let keys: IssuerKeys
  let clock: ScriptedClock
  let vendor: ScriptedVendor
  private let seen: Observations

  final class Observations: Sendable {
    let list = Mutex<[ChatObservation]>([])
  }

  init(
    vendor: ScriptedVendor = ScriptedVendor(),
    clock: ScriptedClock = ScriptedClock(),
    googleChatPolicy: DeliveryPolicy = .googleChat,
    crowd: Int = 0
  ) async throws {
    keys = try await SharedKeys.making.value
    self.vendor = vendor
    self.clock = clock
    let seen = Observations()
    self.seen = seen
    world = ChatWorld(
      Self.description(crowd: crowd),
      keys: keys,
      clock: clock,
      randomness: Randomness(seed: 7),
      transport: vendor,
      // The time-out is unlike every pause, so that the clock can tell them apart.
      teamsPolicy: DeliveryPolicy(timeout: .seconds(14), pauses: DeliveryPolicy.teams.pauses),
      googleChatPolicy: googleChatPolicy,
      observe: { observation in seen.list.withLock { $0.append(observation) } }
    )
  }

  var observations: [ChatObservation] { seen.list.withLock { $0 } }

  var replies: [ReceivedReply] {
    observations.compactMap {
      guard case .reply(let reply) = $0 else { return nil }
      return reply
    }
  }

  /// `attempt:status` of each attempt.
  var attempts: [String] {
    observations.compactMap {
      guard case .attempt(let attempt) = $0 else { return nil }
      return "\(attempt.number):\(attempt.status)"
    }
  }

  var rejections: [String] {
    observations.compactMap {
      guard case .rejectedVendorCall(let reason) = $0 else { return nil }
      return reason
    }
  }

  private static func description(crowd: Int) -> ChatWorldDescription {
    let randomness = Randomness(seed: 7)
    let crowdPeople = (0..<crowd).map {
      ChatWorldDescription.Person(
        id: "p\($0)",
        name: "P\($0)",
        tenant: "acme",
        department: "hr",
        platform: .teams
      )
    }
    return ChatWorldDescription(
      bot: ChatWorldDescription.Bot(
        teamsAppID: "c0ffee00-0000-4000-8000-000000000001",
        teamsAppSecret: secret,
        googleAudience: "1234567890",
        googleServiceAccountEmail: "bot@project.iam.gserviceaccount.com"
      ),
      tenants: ["acme", "globex"].map { .init(id: $0, derivedFrom: randomness) },
      people: namedPeople + crowdPeople,
      conversations: conversations(with: crowdPeople.map(\.id))
    )
  }

  private static var namedPeople: [ChatWorldDescription.Person] {
    [
      .init(
        id: "ana",
        name: "Ana",
        tenant: "acme",
        department: "hr",
        platform: .teams
      ),
      .init(
        id: "gus",
        name: "Gus",
        tenant: "globex",
        department: "sales",
        platform: .teams
      ),
      .init(
        id: "ben",
        name: "Ben",
        tenant: "acme",
        department: "sales",
        platform: .googleChat
      ),
    ]
  }

  private static func conversations(
    with crowd: [String]
  ) -> [ChatWorldDescription.Conversation] {
    [
      .init(
        id: "lunch",
        tenant: "acme",
        platform: .teams,
        kind: .group,
        members: ["ana", "gus"] + crowd
      ),
      .init(
        id: "town",
        tenant: "acme",
        platform: .teams,
        kind: .channel,
        members: ["ana"]
      ),
      .init(
        id: "room",
        tenant: "acme",
        platform: .googleChat,
        kind: .channel,
        members: ["ben", "ana", "gus"] + crowd
      ),
    ]
  }
}

/// What a host of the world answered.
struct Answer: Sendable {
  var status: Int
  var body: ByteBuffer

  func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
  }
}

/// Gathers a response body.
private struct GatheringWriter: ResponseBodyWriter {
  final class Gathered: Sendable {
    let bytes = Mutex(ByteBuffer())
  }

  let gathered: Gathered

  mutating func write(_ buffer: ByteBuffer) async throws {
    gathered.bytes.withLock { _ = $0.writeImmutableBuffer(buffer) }
  }

  consuming func finish(_: HTTPFields?) async throws {}
}

extension ChatFixture {
  /// Asks a host of the world; `url` is absolute.
  func ask(
    _ method: HTTPRequest.Method,
    _ url: String,
    bearer: String? = nil,
    body: String = ""
  ) async throws -> Answer {
    let parts = try #require(url.wholeMatch(of: /https:\/\/([^\/]+)(\/.*)/))
    let responder = try #require(world.hosts[String(parts.1)])
    var fields: HTTPFields = [:]
    if let bearer { fields[.authorization] = "Bearer \(bearer)" }
    let request = Request(
      head: HTTPRequest(
        method: method,
        scheme: "https",
        authority: String(parts.1),
        path: String(parts.2),
        headerFields: fields
      ),
      body: RequestBody(buffer: ByteBuffer(string: body))
    )
    let context = ServerContext(
      source: .init(
        logger: Logger(label: "test") { _ in
          SwiftLogNoOpLogHandler()
        }
      )
    )
    let response = try await responder(request, context)
    let gathered = GatheringWriter.Gathered()
    try await response.body.write(GatheringWriter(gathered: gathered))
    return Answer(status: response.status.code, body: gathered.bytes.withLock { $0 })
  }

  func microsoftToken(
    scope: String = "https%3A%2F%2Fapi.botframework.com%2F.default",
    tenant: String = "botframework.com",
    secret: String = "bot-secret-of-the-tests"
  ) async throws -> Answer {
    try await ask(
      .post,
      "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/token",
      body: "grant_type=client_credentials&client_id=c0ffee00-0000-4000-8000-000000000001"
        + "&client_secret=\(secret)&scope=\(scope)"
    )
  }

  func connectorToken() async throws -> String {
    try await microsoftToken().decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
  }

  func googleAssertion(
    scope: String,
    subject: String? = nil,
    pem: Secret? = nil
  ) async throws -> Answer {
    let key = try (pem ?? keys.serviceAccountPrivateKey).reveal { try RS256.PrivateKey(pem: $0) }
    let now = clock.now.unixSeconds
    let assertion = try key.sign(
      ServiceAccountClaims(
        iss: "bot@project.iam.gserviceaccount.com",
        scope: scope,
        aud: "https://oauth2.googleapis.com/token",
        iat: NumericDate(seconds: now),
        exp: NumericDate(seconds: now + 3_600),
        sub: subject
      ),
      kid: "service-account-1"
    )
    return try await ask(
      .post,
      "https://oauth2.googleapis.com/token",
      body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
        + "&assertion=\(assertion)"
    )
  }

  func googleToken(
    scope: String = GoogleChat.botScope,
    subject: String? = nil
  ) async throws -> String {
    try await googleAssertion(scope: scope, subject: subject)
      .decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
  }
}
