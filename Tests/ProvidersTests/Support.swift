import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Providers
import Secrets
import Synchronization
import Wire
import Worlds

/// Time that passes only by sleeping, and at once.
final class ImmediateClock: WorldClock {
  private let moment = Mutex(Timestamp(unixSeconds: 1_800_000_000))

  var now: Timestamp { moment.withLock { $0 } }

  func sleep(until deadline: Timestamp) async throws {
    try Task.checkCancellation()
    moment.withLock { $0 = max($0, deadline) }
  }
}

struct ClientGone: Error {}

/// Collects a response's body; breaks after so many writes, as a client that goes away.
final class CollectedBody: Sendable {
  private let pieces = Mutex<[ByteBuffer]>([])
  private let finished = Mutex(false)
  let breaksAfter: Int
  let onWrite: @Sendable (Int) -> Void

  init(breaksAfter: Int = .max, onWrite: @escaping @Sendable (Int) -> Void = { _ in }) {
    self.breaksAfter = breaksAfter
    self.onWrite = onWrite
  }

  var writes: Int { pieces.withLock { $0.count } }
  var isFinished: Bool { finished.withLock { $0 } }
  var bytes: [UInt8] { pieces.withLock { $0.flatMap { Array($0.readableBytesView) } } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  struct Writer: ResponseBodyWriter {
    let body: CollectedBody

    func write(_ buffer: ByteBuffer) async throws {
      guard body.writes < body.breaksAfter else { throw ClientGone() }
      body.pieces.withLock { $0.append(buffer) }
      body.onWrite(body.writes)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {
      body.finished.withLock { $0 = true }
    }
  }
}

/// A mock with one organisation, one project and one key, and a client beside it.
struct Bench {
  let mock: OpenAIMock
  let clock = ImmediateClock()
  let organization: String
  let project: String
  let key: IssuedKey
  private let calls: Calls

  final class Calls: Sendable {
    let all = Mutex<[ObservedCall]>([])
  }

  struct Answer {
    var status: Int
    var headers: HTTPFields
    var body: CollectedBody

    var error: OpenAIErrorBody? { OpenAIErrorBody(json: body.bytes) }
  }

  init(seed: UInt64 = 1, models: [OpenAIModel] = OpenAIModel.standard) throws {
    let calls = Calls()
    self.calls = calls
    mock = OpenAIMock(
      models: models,
      speed: ModelSpeed(
        firstToken: .milliseconds(200)...(.milliseconds(600)),
        betweenTokens: .milliseconds(10)...(.milliseconds(40))
      ),
      clock: clock,
      randomness: Randomness(seed: seed)
    ) { call in
      calls.all.withLock { $0.append(call) }
    }
    organization = try mock.createOrganization("Acme")
    project = try mock.createProject("Assistant", organization: organization)
    key = try mock.createKey("first", project: project)
  }

  /// In the order in which they ended.
  var observed: [ObservedCall] { calls.all.withLock { $0 } }

  func send(
    _ method: HTTPRequest.Method,
    _ path: String,
    body: RequestBody = RequestBody(buffer: ByteBuffer()),
    key: Secret?,
    headers: HTTPFields = [:],
    into collected: CollectedBody = CollectedBody()
  ) async throws -> Answer {
    var headers = headers
    if let key { headers[.authorization] = key.reveal { "Bearer " + $0 } }
    let request = Request(
      head: HTTPRequest(
        method: method,
        scheme: "https",
        authority: mock.host,
        path: path,
        headerFields: headers
      ),
      body: body
    )
    let context = ServerContext(source: .init(logger: Logger(label: "test")))
    let response = try await mock.responder(request, context)
    try await response.body.write(CollectedBody.Writer(body: collected))
    return Answer(
      status: response.status.code,
      headers: response.headers,
      body: collected
    )
  }

  func chat(
    _ question: String,
    system: String = "You are an assistant.",
    model: String = "gpt-4o-mini",
    streamed: Bool = false,
    includeUsage: Bool? = nil,
    maxTokens: Int? = nil,
    key: Secret? = nil,
    into collected: CollectedBody = CollectedBody()
  ) async throws -> Answer {
    let request = ChatCompletionRequest(
      model: model,
      messages: [
        ChatMessage(role: .system, content: system),
        ChatMessage(role: .user, content: question),
      ],
      stream: streamed,
      streamOptions: includeUsage.map { .init(includeUsage: $0) },
      maxCompletionTokens: maxTokens
    )
    return try await send(
      .post,
      "/v1/chat/completions",
      body: RequestBody(buffer: ByteBuffer(bytes: request.json())),
      key: key ?? self.key.secret,
      into: collected
    )
  }

  func embed(_ request: EmbeddingsRequest) async throws -> Answer {
    try await send(
      .post,
      "/v1/embeddings",
      body: RequestBody(buffer: ByteBuffer(bytes: request.json())),
      key: key.secret
    )
  }

  func post(_ path: String, _ text: String, key: Secret?) async throws -> Answer {
    try await send(
      .post,
      path,
      body: RequestBody(buffer: ByteBuffer(string: text)),
      key: key
    )
  }
}

extension Bench {
  /// The response itself, its body not written.
  func respond(to chat: ChatCompletionRequest) async throws -> Response {
    let request = Request(
      head: HTTPRequest(
        method: .post,
        scheme: "https",
        authority: mock.host,
        path: "/v1/chat/completions",
        headerFields: [.authorization: key.secret.reveal { "Bearer " + $0 }]
      ),
      body: RequestBody(buffer: ByteBuffer(bytes: chat.json()))
    )
    return try await mock.responder(
      request,
      ServerContext(source: .init(logger: Logger(label: "test")))
    )
  }
}
