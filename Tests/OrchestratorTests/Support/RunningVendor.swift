import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Orchestrator
import Synchronization
import Wire
import Worlds

/// One start of the product, as platforms and administrators reach it.
struct RunningVendor: Sendable {
  let vendor: TestVendor
  let program: Program

  struct NoSuchHost: Error {}

  func request(
    _ method: HTTPRequest.Method,
    _ path: String,
    headers: HTTPFields = [:],
    body: ByteBuffer = ByteBuffer()
  ) async throws -> Answer {
    guard let responder = program.hosts[TestVendor.host] else { throw NoSuchHost() }
    let request = Request(
      head: HTTPRequest(
        method: method,
        scheme: "https",
        authority: TestVendor.host,
        path: path,
        headerFields: headers
      ),
      body: RequestBody(buffer: body)
    )
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let response = try await responder(
      request,
      ServerContext(source: .init(logger: logger))
    )
    let sink = Sink()
    try await response.body.write(sink)
    return Answer(status: response.status.code, body: sink.text, headers: response.headers)
  }

  func admin(
    _ method: HTTPRequest.Method,
    _ path: String,
    token: String = TestVendor.adminToken,
    contentType: String = "application/json",
    body: String = ""
  ) async throws -> Answer {
    try await request(
      method,
      "/admin/tenants/acme/\(path)",
      headers: [.authorization: "Bearer \(token)", .contentType: contentType],
      body: ByteBuffer(string: body)
    )
  }

  @discardableResult
  func install(_ key: String) async throws -> Answer {
    try await admin(.put, "key", body: #"{"api_key":"\#(key)"}"#)
  }

  /// Installs a key of the Azure resource that `FakeProvider` is.
  @discardableResult
  func installAzure(
    _ key: String,
    endpoint: String = "https://\(FakeProvider.azureHost)/",
    chat: String = "assistant",
    embeddings: String = "search",
    version: String? = "2024-10-21"
  ) async throws -> Answer {
    let versionMember = version.map { #""api_version":"\#($0)","# } ?? ""
    return try await admin(
      .put,
      "key",
      body: """
        {"provider":"azure","endpoint":"\(endpoint)","chat_deployment":"\(chat)",\
        "embeddings_deployment":"\(embeddings)",\(versionMember)"api_key":"\(key)"}
        """
    )
  }

  @discardableResult
  func put(_ text: String, named name: String, in base: String) async throws -> Answer {
    try await admin(
      .put,
      "knowledge/\(base)/documents/\(name)",
      contentType: "text/markdown",
      body: text
    )
  }

  /// A key and a document for each base.
  func setUp() async throws {
    try await install(TestVendor.key)
    try await put("# Salaries\n\nSalary bands canary-hr are secret.", named: "pay.md", in: "hr")
    try await put("# Prices\n\nThe price list canary-sales.", named: "prices.md", in: "sales")
    try await put("# Travel\n\nTravel policy canary-common.", named: "travel.md", in: "common")
  }

  /// Delivers an activity as Teams does, with a genuine token.
  @discardableResult
  func ask(
    _ text: String,
    from person: String = "ana",
    id: String,
    in conversation: String = "a:personal",
    group: Bool = false
  ) async throws -> Answer {
    try await deliver(
      FakePlatforms.activity(text, from: person, id: id, in: conversation, group: group),
      token: try vendor.platforms.token(at: vendor.time.now)
    )
  }

  func deliver(_ activity: String, token: String?) async throws -> Answer {
    var headers: HTTPFields = [.contentType: "application/json"]
    if let token { headers[.authorization] = "Bearer \(token)" }
    return try await request(
      .post,
      "/api/messages",
      headers: headers,
      body: ByteBuffer(string: activity)
    )
  }

  /// Lets virtual time pass, in which the background works.
  func wait(_ duration: Duration = .seconds(5)) async throws {
    try await vendor.time.sleep(for: duration)
  }

  /// Asks, waits, and gives what the person was told.
  func answer(
    to text: String,
    from person: String = "ana",
    id: String,
    in conversation: String = "a:personal",
    group: Bool = false
  ) async throws -> String {
    try await ask(text, from: person, id: id, in: conversation, group: group)
    try await wait()
    return vendor.platforms.replies(to: id).joined(separator: "|")
  }
}

private struct Sink: ResponseBodyWriter {
  private final class Box: Sendable {
    let buffer = Mutex(ByteBuffer())
  }

  private let box = Box()

  var text: String { box.buffer.withLock { String(buffer: $0) } }

  mutating func write(_ buffer: ByteBuffer) async throws {
    _ = box.buffer.withLock { $0.writeImmutableBuffer(buffer) }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
