import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Worlds

/// An engineer of the vendor with a browser: signs in to the dashboard with an account of that
/// role, and asks for pages and endpoints.
struct EngineerClient: Sendable {
  static let account = "engineer"

  let transport: any HTTPTransport
  let clock: any WorldClock

  /// A browser's cookies after a sign-in.
  struct Session: Sendable {
    fileprivate var cookies: [String: String] = [:]
  }

  struct Page: Sendable {
    /// 0 when no answer came.
    var status: Int
    var body: ByteBuffer
  }

  /// - Returns: nil when the vendor did not let the engineer in.
  func signIn(_ password: Secret, of tenant: String) async -> Session? {
    var session = Session()
    let form = await send(.get, "/dashboard/sign-in", in: &session)
    guard let token = Self.formToken(in: form.body) else { return nil }
    let body = password.reveal {
      "form=\(token)&organization=\(tenant)&account=\(Self.account)&password=\($0)"
    }
    let answer = await send(.post, "/dashboard/sign-in", body, in: &session)
    guard answer.status == 303, session.cookies.keys.contains(where: { $0.hasSuffix("session") })
    else { return nil }
    return session
  }

  func get(_ path: String, in session: Session) async -> Page {
    var session = session
    return await send(.get, path, in: &session)
  }

  private func send(
    _ method: HTTPRequest.Method,
    _ path: String,
    _ form: String = "",
    in session: inout Session
  ) async -> Page {
    var head = HTTPRequest(
      method: method,
      scheme: "https",
      authority: Cast.vendorHost,
      path: path
    )
    if !session.cookies.isEmpty {
      head.headerFields[.cookie] = session.cookies.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    if method == .post {
      head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    }
    let request = OutgoingRequest(head: head, body: ByteBuffer(string: form))
    let answer = try? await clock.withDeadline(.seconds(30)) {
      try await transport.collect(request, upTo: 1 << 23)
    }
    guard let answer else { return Page(status: 0, body: ByteBuffer()) }
    for field in answer.head.headerFields[values: .setCookie] {
      let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      guard let name = pair.first else { continue }
      let value = pair.count > 1 ? String(pair[1]) : ""
      session.cookies[String(name)] = value.isEmpty ? nil : value
    }
    return Page(status: answer.head.status.code, body: answer.body)
  }

  private static func formToken(in page: ByteBuffer) -> String? {
    String(buffer: page).firstMatch(of: /name="form" value="([0-9a-f]+)"/).map { String($0.1) }
  }
}
