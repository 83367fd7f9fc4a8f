import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Providers
import Secrets
import Synchronization
import Testing
import Wire
import Worlds

/// Time that a test sets by hand.
final class HandClock: WorldClock {
  private let moment: Mutex<Timestamp>

  init(_ start: Timestamp = Timestamp(unixSeconds: 1_800_000_000)) {
    moment = Mutex(start)
  }

  var now: Timestamp { moment.withLock { $0 } }

  func advance(_ duration: Duration) {
    moment.withLock { $0 = $0 + duration }
  }

  func sleep(until deadline: Timestamp) async throws {
    try Task.checkCancellation()
  }
}

/// A mock that answers at once, with an admin key, and a client beside it.
struct Office {
  static let token = Secret("control-token-for-tests")

  let clock: HandClock
  let mock: OpenAIMock
  let organization: String
  let project: String
  let key: IssuedKey
  let admin: Secret
  private let responder: Responder

  struct Answer {
    let status: Int
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var error: OpenAIErrorBody? { OpenAIErrorBody(json: body) }

    var object: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    var data: [[String: Any]] { object["data"] as? [[String: Any]] ?? [] }
  }

  init(
    _ settings: OpenAIMockSettings = OpenAIMockSettings(),
    ledger: any LedgerStore = MemoryLedger(),
    clock: HandClock = HandClock()
  ) throws {
    self.clock = clock
    mock = OpenAIMock(
      speed: ModelSpeed(
        firstToken: .zero ... .zero,
        betweenTokens: .zero ... .zero,
        embedding: .zero ... .zero
      ),
      settings: settings,
      ledger: ledger,
      clock: clock,
      randomness: Randomness(seed: 7),
      observe: { _ in }
    )
    organization = try mock.createOrganization("Acme")
    project = try mock.createProject("Assistant", organization: organization)
    key = try mock.createKey("first", project: project)
    admin = try mock.createAdminKey("boss", organization: organization).secret
    responder = ControlAPI(
      provider: "openai",
      token: Self.token,
      clock: clock,
      routes: OpenAIControl(mock: mock).routes
    ).guarding(mock.responder)
  }

  func send(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: String = "",
    key: Secret?,
    breaksAfter writes: Int = .max
  ) async throws -> Answer {
    var headers = HTTPFields()
    if let key { headers[.authorization] = key.reveal { "Bearer " + $0 } }
    let head = HTTPRequest(
      method: method,
      scheme: "http",
      authority: mock.host,
      path: path,
      headerFields: headers
    )
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = ServerContext(source: .init(logger: .init(label: "test")))
    let response = try await responder(request, context)
    let collected = CollectedBody(breaksAfter: writes)
    try await response.body.write(CollectedBody.Writer(body: collected))
    return Answer(status: response.status.code, body: collected.bytes)
  }

  @discardableResult
  func ask(
    _ question: String = "Hello",
    model: String = "gpt-4o-mini",
    key: Secret? = nil,
    streamed: Bool = false,
    breaksAfter writes: Int = .max
  ) async throws -> Answer {
    try await send(
      .post,
      "/v1/chat/completions",
      """
      {"model":"\(model)","stream":\(streamed),"messages":[{"role":"user","content":"\(question)"}]}
      """,
      key: key ?? self.key.secret,
      breaksAfter: writes
    )
  }

  func administer(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: String = ""
  ) async throws -> Answer {
    try await send(method, "/v1/organization" + path, body, key: admin)
  }

  func control(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ body: String = ""
  ) async throws -> Answer {
    try await send(method, "/_keyproof" + path, body, key: Self.token)
  }
}
