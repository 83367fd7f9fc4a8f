import Foundation
import GRDB
package import Worlds

/// Invoices as documents: one falls due when its month has ended, and never changes again.
package struct InvoiceStore: Sendable {
  private let storage: Storage
  private let billing: Billing

  package init(
    storage: Storage,
    pricing: OrchestratorConfiguration.Pricing,
    tokensBySeat: Set<String>,
    seats: SeatStore
  ) {
    self.storage = storage
    billing = Billing(
      pricing: pricing,
      subscriptions: SubscriptionStore(storage: storage),
      seats: seats,
      usage: UsageStore(storage: storage),
      tokensBySeat: tokensBySeat
    )
  }

  /// All that have fallen due by now, oldest first.
  package func issued(to tenant: String, at now: Timestamp) throws -> [Invoice] {
    try issueDue(to: tenant, at: now)
    return try storage.access { database in
      try String.fetchAll(
        database,
        sql: "SELECT document FROM invoices WHERE tenant = ? ORDER BY period",
        arguments: [tenant]
      ).map { try JSONDecoder().decode(Invoice.self, from: Data($0.utf8)) }
    }
  }

  /// The present month as it stands: seats for all of it, tokens up to now.
  package func draft(for tenant: String, at now: Timestamp) throws -> Invoice? {
    try billing.invoice(of: tenant, for: BillingMonth(containing: CalendarDay(now)))
  }

  private func issueDue(to tenant: String, at now: Timestamp) throws {
    guard let subscription = try billing.subscriptions.subscription(of: tenant) else { return }
    let today = CalendarDay(now)
    var month = try nextMonth(of: tenant, after: subscription)
    while month.last < today, var invoice = try billing.invoice(of: tenant, for: month) {
      invoice.issuedOn = month.next.first.text
      try keep(invoice, at: now)
      month = month.next
    }
  }

  private func nextMonth(of tenant: String, after subscription: Subscription) throws -> BillingMonth
  {
    let last = try storage.access { database in
      try String.fetchOne(
        database,
        sql: "SELECT MAX(period) FROM invoices WHERE tenant = ?",
        arguments: [tenant]
      )
    }
    guard let last, let first = Timestamp(iso8601: last + "-01T00:00:00Z") else {
      return BillingMonth(containing: CalendarDay(subscription.startedAt))
    }
    return BillingMonth(containing: CalendarDay(first)).next
  }

  private func keep(_ invoice: Invoice, at now: Timestamp) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let document = String(decoding: try encoder.encode(invoice), as: UTF8.self)
    try storage.access { database in
      try database.execute(
        sql: """
          INSERT INTO invoices (tenant, period, issued_at, document) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING
          """,
        arguments: [invoice.tenant, invoice.period, now.nanoseconds, document]
      )
    }
  }
}
