import Hummingbird
import Worlds

/// The usage page and the invoices of a customer, as documents.
struct AdminMoney: Sendable {
  let usage: UsageStore
  let invoices: InvoiceStore
  let subscriptions: SubscriptionStore
  let clock: any WorldClock

  private struct UsagePage: Encodable {
    struct Row: Encodable {
      var paidBy: String
      var fingerprint: String?
      var lastFour: String?
      var endpoint: String
      var model: String
      var calls: Int
      var cutOffCalls: Int
      var promptTokens: Int
      var completionTokens: Int

      init(_ total: UsageTotal) {
        paidBy = total.payer.rawValue
        if total.payer == .customer {
          (fingerprint, lastFour) = (total.fingerprint, total.lastFour)
        }
        endpoint = total.endpoint
        model = total.model
        calls = total.calls
        cutOffCalls = total.cutOffCalls
        promptTokens = total.promptTokens
        completionTokens = total.completionTokens
      }
    }

    var from: String
    var through: String
    var rows: [Row]
  }

  private struct Documents: Encodable {
    var invoices: [Invoice]
    var draft: Invoice?
  }

  /// Since the subscription began.
  func totals(of tenant: String) throws -> (from: CalendarDay, rows: [UsageTotal]) {
    let today = CalendarDay(clock.now)
    let start = try subscriptions.subscription(of: tenant).map { CalendarDay($0.startedAt) }
    return (start ?? today, try usage.totals(of: tenant, from: start ?? today, through: today))
  }

  func usage(of tenant: String) throws -> Response {
    let (start, rows) = try totals(of: tenant)
    return try .json(
      UsagePage(
        from: start.text,
        through: CalendarDay(clock.now).text,
        rows: rows.map(UsagePage.Row.init)
      )
    )
  }

  func invoices(of tenant: String) throws -> Response {
    try .json(
      Documents(
        invoices: try invoices.issued(to: tenant, at: clock.now),
        draft: try invoices.draft(for: tenant, at: clock.now)
      )
    )
  }

  func invoice(_ period: String, of tenant: String) throws -> Response {
    let issued = try invoices.issued(to: tenant, at: clock.now)
    guard let invoice = issued.first(where: { $0.period == period }) else {
      return .failure(.notFound, "no_invoice", "There is no invoice for this month.")
    }
    return try .json(invoice)
  }
}
