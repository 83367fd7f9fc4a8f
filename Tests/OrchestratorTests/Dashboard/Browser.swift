import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Orchestrator
import Synchronization
import Worlds

/// A browser without scripts: keeps cookies, reads a page's form token, sends forms.
final class Browser: Sendable {
  struct Page: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: String

    var location: String? { headers[.location] }
  }

  private let running: RunningVendor
  private let cookies = Mutex<[String: String]>([:])
  private let lastForm = Mutex("")

  init(_ running: RunningVendor) {
    self.running = running
  }

  var cookieNames: [String] { cookies.withLock { $0.keys.sorted() } }

  func get(_ path: String) async throws -> Page {
    let page = try await send(.get, path, "")
    if let token = page.body.firstMatch(of: /name="form" value="([0-9a-f]+)"/)?.1 {
      lastForm.withLock { $0 = String(token) }
    }
    return page
  }

  /// - Parameter form: the token of the last page, where nothing else is said.
  func post(_ path: String, _ fields: [String: String], form: String? = nil) async throws -> Page {
    let all = fields.merging(["form": form ?? lastForm.withLock { $0 }]) { own, _ in own }
    let body = all.sorted { $0.key < $1.key }
      .map { "\($0.key.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    return try await send(.post, path, body)
  }

  /// Sends a form and follows it to the page that it leads to.
  func submit(_ path: String, _ fields: [String: String]) async throws -> Page {
    let answer = try await post(path, fields)
    guard answer.status == 303, let location = answer.location else { return answer }
    return try await get(location)
  }

  func signIn(
    _ account: String,
    _ password: String,
    of organization: String = "acme"
  ) async throws -> Page {
    _ = try await get("/dashboard/sign-in")
    return try await post(
      "/dashboard/sign-in",
      ["organization": organization, "account": account, "password": password]
    )
  }

  func forget(_ cookie: String) {
    cookies.withLock { $0[cookie] = nil }
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws
    -> Page
  {
    var headers: HTTPFields = [:]
    let jar = cookies.withLock { $0.sorted { $0.key < $1.key } }
    if !jar.isEmpty {
      headers[.cookie] = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    if method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
    let answer = try await running.request(
      method,
      path,
      headers: headers,
      body: ByteBuffer(string: body)
    )
    for field in answer.headers[values: .setCookie] {
      let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      guard let name = pair.first else { continue }
      let value = pair.count > 1 ? String(pair[1]) : ""
      cookies.withLock { $0[String(name)] = value.isEmpty ? nil : value }
    }
    return Page(status: answer.status, headers: answer.headers, body: answer.body)
  }
}

extension RunningVendor {
  static let password = "correct horse battery"

  func addAccount(
    _ name: String,
    _ role: String,
    password: String = RunningVendor.password
  ) async throws -> Answer {
    try await admin(
      .put,
      "accounts/\(name)",
      body: #"{"role":"\#(role)","password":"\#(password)"}"#
    )
  }

  /// A browser of somebody who is signed in.
  func browser(_ role: String) async throws -> Browser {
    _ = try await addAccount("\(role)@acme", role)
    let browser = Browser(self)
    let signedIn = try await browser.signIn("\(role)@acme", Self.password)
    _ = try await browser.get(signedIn.location ?? "/")
    return browser
  }
}

/// As `TestVendor.test`, with passwords that cost little.
func testDashboard(
  _ configure: @escaping @Sendable (inout OrchestratorConfiguration) -> Void = { _ in },
  _ body: @escaping @Sendable (RunningVendor) async throws -> Void
) throws {
  let cheaply: @Sendable (inout OrchestratorConfiguration) -> Void = { configuration in
    configuration.dashboard.passwordCost = 10
    configure(&configuration)
  }
  try TestVendor.test(configure: cheaply) { vendor in
    try await vendor.running { running in try await body(running) }
  }
}
