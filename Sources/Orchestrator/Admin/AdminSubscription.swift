import Hummingbird
import Worlds

/// A customer's subscription, as its administrators see and end it.
struct AdminSubscription: Sendable {
  let subscriptions: SubscriptionStore
  let models: [String: DeploymentModel]
  let audit: AuditLog
  let clock: any WorldClock

  private struct State: Encodable {
    var deployment: String
    var state: String
    var startedAt: String?
    var cancelledAt: String?
  }

  func state(of tenant: String) throws -> Response {
    let subscription = try subscriptions.subscription(of: tenant)
    return try .json(
      State(
        deployment: (models[tenant] ?? .pure).rawValue,
        state: subscription?.cancelledAt == nil ? "active" : "cancelled",
        startedAt: subscription?.startedAt.iso8601,
        cancelledAt: subscription?.cancelledAt?.iso8601
      )
    )
  }

  /// From now on nobody of the customer is answered.
  func cancel(_ tenant: String) throws -> Response {
    guard try subscriptions.cancel(tenant, at: clock.now) else {
      return .failure(.conflict, "not_subscribed", "The subscription has been cancelled already.")
    }
    try audit.note(.subscriptionCancelled, "", of: tenant, by: AuditLog.apiActor)
    return try state(of: tenant)
  }
}
