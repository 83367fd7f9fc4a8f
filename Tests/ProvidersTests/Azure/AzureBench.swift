import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Providers
import Secrets
import Synchronization
import Wire
import Worlds

/// Two resources of one customer, and a client beside them.
struct AzureBench {
  static let first = AzureResource(
    name: "acme-openai",
    deployments: [
      .init(name: "assistant", model: "gpt-4o-mini"),
      .init(name: "search", model: "text-embedding-3-small"),
      .init(
        name: "small",
        model: "gpt-4o-mini",
        requestsPerMinute: 2,
        tokensPerMinute: 1_000
      ),
    ]
  )
  static let other = AzureResource(
    name: "acme-other",
    region: "East US",
    deployments: [.init(name: "assistant", model: "gpt-4o")]
  )
  static let identity = AzureIdentity(
    tenant: "7e000000-0000-4000-8000-000000000001",
    clientID: "a9900000-0000-4000-8000-000000000001",
    clientSecret: Secret("mock-client-secret-0001")
  )

  let mock: AzureOpenAIMock
  let clock: ImmediateClock
  private let calls = Calls()

  private final class Calls: Sendable {
    let all = Mutex<[ObservedCall]>([])
  }

  struct Answer {
    var status: Int
    var headers: HTTPFields
    var text: String

    var bytes: [UInt8] { Array(text.utf8) }
  }

  init(
    seed: UInt64 = 1,
    resources: [AzureResource] = [first, other],
    propagation: AzureKeyPropagation = AzureKeyPropagation(),
    clock: ImmediateClock = ImmediateClock(),
    checkToken: @escaping AzureTokenCheck = { _, _ in .invalid }
  ) throws {
    self.clock = clock
    let calls = calls
    mock = try AzureOpenAIMock(
      resources: resources,
      propagation: propagation,
      speed: ModelSpeed(
        firstToken: .milliseconds(200)...(.milliseconds(600)),
        betweenTokens: .milliseconds(10)...(.milliseconds(40))
      ),
      journalCapacity: 100,
      clock: clock,
      randomness: Randomness(seed: seed),
      checkToken: checkToken
    ) { call in
      calls.all.withLock { $0.append(call) }
    }
  }

  /// In the order in which they ended.
  var observed: [ObservedCall] { calls.all.withLock { $0 } }

  func key(_ slot: AzureKeySlot = .key1, of resource: AzureResource = first) throws -> Secret {
    try mock.key(slot, of: resource.name).secret
  }

  func send(
    _ method: HTTPRequest.Method = .post,
    _ path: String,
    _ body: String = "",
    host: String = AzureBench.first.host,
    headers: HTTPFields = [:]
  ) async throws -> Answer {
    let request = Request(
      head: HTTPRequest(
        method: method,
        scheme: "https",
        authority: host,
        path: path,
        headerFields: headers
      ),
      body: RequestBody(buffer: ByteBuffer(string: body))
    )
    let context = ServerContext(source: .init(logger: Logger(label: "test")))
    guard let responder = mock.hosts[host] else { throw UnknownHost() }
    return try await Self.collect(try await responder(request, context))
  }

  static func collect(_ response: Response) async throws -> Answer {
    let collected = CollectedBody()
    try await response.body.write(CollectedBody.Writer(body: collected))
    return Answer(
      status: response.status.code,
      headers: response.headers,
      text: collected.text
    )
  }

  private struct UnknownHost: Error {}

  static let version = "api-version=2024-10-21"

  /// In the form with deployments.
  func chat(
    _ question: String,
    deployment: String = "assistant",
    members: String = "",
    key: Secret? = nil,
    host: String = AzureBench.first.host
  ) async throws -> Answer {
    try await send(
      .post,
      "/openai/deployments/\(deployment)/chat/completions?\(Self.version)",
      #"{"messages":[{"role":"user","content":"\#(question)"}]\#(members)}"#,
      host: host,
      headers: Self.headers(try key ?? self.key())
    )
  }

  static func headers(_ key: Secret) -> HTTPFields {
    key.reveal { [AzureHeader.apiKey: $0] }
  }

  static func bearer(_ token: Secret) -> HTTPFields {
    token.reveal { [.authorization: "Bearer " + $0] }
  }

  /// `POST` on the first resource's account.
  func manage(
    _ operation: String,
    _ body: String = "",
    version: String? = "2025-09-01",
    account: String = AzureBench.first.name,
    token: Secret?
  ) async throws -> Answer {
    let path =
      "/subscriptions/\(Self.first.subscription)/resourceGroups/\(Self.first.resourceGroup)"
      + "/providers/Microsoft.CognitiveServices/accounts/\(account)/\(operation)"
    return try await send(
      .post,
      path + (version.map { "?api-version=\($0)" } ?? ""),
      body,
      host: AzureOpenAIMock.managementHost,
      headers: token.map(Self.bearer) ?? [:]
    )
  }
}
