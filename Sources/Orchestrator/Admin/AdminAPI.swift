import HTTPTypes
import Hummingbird
import Worlds

/// What a customer's administrators may do, under `/admin/tenants/{tenant}/`. No answer holds a
/// key.
struct AdminAPI: Sendable {
  let authentication: AdminAuthentication
  let keys: AdminKeys
  let documents: AdminDocuments
  let accounts: AdminAccounts
  let messages: MessageStore
  let subscription: AdminSubscription
  let money: AdminMoney
  let feedback: AdminFeedback

  private typealias Action = @Sendable (Request, ServerContext, String) async throws -> Response

  func addRoutes(to router: Router<ServerContext>) {
    let tenant = router.group("/admin/tenants/:tenant")
    tenant.get("key", use: guarded { _, _, tenant in try keys.state(of: tenant) })
    tenant.put(
      "key",
      use: guarded { request, _, tenant in try await keys.install(request, tenant) }
    )
    tenant.delete("key", use: guarded { _, _, tenant in try await keys.remove(of: tenant) })
    tenant.post("key/check", use: guarded { _, _, tenant in try await keys.check(of: tenant) })
    tenant.get("status", use: guarded { _, _, tenant in try status(of: tenant) })
    tenant.get("subscription", use: guarded { _, _, tenant in try subscription.state(of: tenant) })
    tenant.put("subscription", use: guarded { _, _, tenant in try subscription.start(tenant) })
    tenant.delete("subscription", use: guarded { _, _, tenant in try subscription.cancel(tenant) })
    tenant.get("usage", use: guarded { _, _, tenant in try money.usage(of: tenant) })
    tenant.get("invoices", use: guarded { _, _, tenant in try money.invoices(of: tenant) })
    tenant.get("feedback", use: guarded { _, _, tenant in try feedback.state(of: tenant) })
    tenant.get(
      "invoices/:period",
      use: guarded { _, context, tenant in
        try money.invoice(context.parameters.get("period") ?? "", of: tenant)
      }
    )
    let path = "knowledge/:base/documents"
    tenant.get("\(path)", use: guarded(documents.list))
    tenant.get("\(path)/:name", use: guarded(documents.show))
    tenant.put("\(path)/:name", use: guarded(documents.put))
    tenant.delete("\(path)/:name", use: guarded(documents.remove))
    tenant.post("knowledge/:base/reindex", use: guarded(documents.reindex))
    tenant.get("accounts", use: guarded(accounts.list))
    tenant.put("accounts/:account", use: guarded(accounts.set))
    tenant.delete("accounts/:account", use: guarded(accounts.remove))
  }

  private func guarded(
    _ action: @escaping Action
  ) -> @Sendable (Request, ServerContext) async throws -> Response {
    { request, context in
      let tenant = context.parameters.get("tenant") ?? ""
      let authorization = request.headers[.authorization]
      switch authentication.check(authorization: authorization, for: tenant) {
      case .granted: return try await action(request, context, tenant)
      case .foreign:
        return .failure(.forbidden, "forbidden", "This token is not for this organization.")
      case .unknown:
        return .failure(.unauthorized, "unauthorized", "A valid administrator token is needed.")
      }
    }
  }

  private struct Status: Encodable {
    struct Messages: Encodable {
      var received = 0
      var answered = 0
      var delivered = 0
      var failed = 0
      var refused = 0
    }

    var messages = Messages()
    /// By reason, delivered or not.
    var refusals: [String: Int] = [:]
  }

  private func status(of tenant: String) throws -> Response {
    var status = Status()
    for (state, refusal, count) in try messages.counts(of: tenant) {
      switch state {
      case "received": status.messages.received += count
      case "answered": status.messages.answered += count
      case "delivered": status.messages.delivered += count
      case "failed": status.messages.failed += count
      default: status.messages.refused += count
      }
      // The column holds what commands were told as well.
      if let refusal, Refusal(rawValue: refusal) != nil {
        status.refusals[refusal, default: 0] += count
      }
    }
    return try .json(status)
  }
}
