import Hummingbird
import Worlds

/// A customer's subscription, as its administrators see, begin and end it.
struct AdminSubscription: Sendable {
  let subscriptions: SubscriptionStore
  let models: [String: DeploymentModel]
  let audit: AuditLog
  let indexer: KnowledgeIndexer
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
        state: subscription.map { $0.cancelledAt == nil ? "active" : "cancelled" } ?? "none",
        startedAt: subscription?.startedAt.iso8601,
        cancelledAt: subscription?.cancelledAt?.iso8601
      )
    )
  }

  /// From now on people are answered, and what was uploaded before is indexed. One that has been
  /// cancelled is not begun again here: its days could not be told from those of the first.
  func start(_ tenant: String) throws -> Response {
    guard try subscriptions.subscription(of: tenant) == nil else {
      return .failure(.conflict, "subscribed_before", "There has been a subscription already.")
    }
    try subscriptions.begin([tenant], at: clock.now)
    try audit.note(.subscriptionStarted, "", of: tenant, by: AuditLog.apiActor)
    indexer.wake()
    return try state(of: tenant)
  }

  /// From now on nobody of the customer is answered.
  func cancel(_ tenant: String) throws -> Response {
    guard try subscriptions.cancel(tenant, at: clock.now) else {
      return .failure(.conflict, "not_subscribed", "There is no subscription to cancel.")
    }
    try audit.note(.subscriptionCancelled, "", of: tenant, by: AuditLog.apiActor)
    return try state(of: tenant)
  }
}
