import Evidence
import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Worlds

/// A customer's administrator at the vendor's admin API.
struct AdminClient: Sendable {
  struct Answer: Sendable {
    /// 0 when no answer came.
    var status: Int
    var body: ByteBuffer
    var submittedAt: Timestamp
  }

  let transport: any HTTPTransport
  let clock: any WorldClock
  let tokens: [String: Secret]

  func installKey(_ key: InstallableKey, for tenant: String) async -> Answer {
    await send(.put, tenant, "key", body: key.body, type: "application/json")
  }

  func removeKey(of tenant: String) async -> Answer {
    await send(.delete, tenant, "key")
  }

  func startSubscription(of tenant: String) async -> Answer {
    await send(.put, tenant, "subscription")
  }

  func cancelSubscription(of tenant: String) async -> Answer {
    await send(.delete, tenant, "subscription")
  }

  func usage(of tenant: String) async -> Answer {
    await send(.get, tenant, "usage")
  }

  func invoices(of tenant: String) async -> Answer {
    await send(.get, tenant, "invoices")
  }

  func showKey(of tenant: String) async -> Answer {
    await send(.get, tenant, "key")
  }

  func upload(_ text: String, as name: String, to knowledge: String, of tenant: String) async
    -> Answer
  {
    await send(
      .put,
      tenant,
      "knowledge/\(knowledge)/documents/\(name)",
      body: text,
      type: name.hasSuffix(".md") ? "text/markdown; charset=utf-8" : "text/plain; charset=utf-8"
    )
  }

  func removeDocument(_ name: String, from knowledge: String, of tenant: String) async -> Answer {
    await send(.delete, tenant, "knowledge/\(knowledge)/documents/\(name)")
  }

  /// Gives the vendor's dashboard an account.
  func setAccount(_ name: String, role: String, password: Secret, of tenant: String) async
    -> Answer
  {
    await send(
      .put,
      tenant,
      "accounts/\(name)",
      body: password.reveal { #"{"role":"\#(role)","password":"\#($0)"}"# },
      type: "application/json"
    )
  }

  private func send(
    _ method: HTTPRequest.Method,
    _ tenant: String,
    _ path: String,
    body: String = "",
    type: String? = nil
  ) async -> Answer {
    let submittedAt = clock.now
    var head = HTTPRequest(
      method: method,
      scheme: "https",
      authority: Cast.vendorHost,
      path: "/admin/tenants/\(tenant)/\(path)"
    )
    head.headerFields[.authorization] = tokens[tenant]?.reveal { "Bearer \($0)" }
    head.headerFields[.contentType] = type
    let request = OutgoingRequest(head: head, body: ByteBuffer(string: body))
    do {
      let response = try await clock.withDeadline(.seconds(120)) {
        try await transport.collect(request)
      }
      return Answer(
        status: response.head.status.code,
        body: response.body,
        submittedAt: submittedAt
      )
    } catch {
      return Answer(status: 0, body: ByteBuffer(), submittedAt: submittedAt)
    }
  }
}
