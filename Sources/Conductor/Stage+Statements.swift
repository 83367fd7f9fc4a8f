import Evidence
import Foundation
import NIOCore
import Providers
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

/// What the vendor states of usage and money, read by each customer's administrator when the story
/// is over: claims, to be compared with what was seen.
extension Stage {
  func readVendorStatements() async throws {
    for tenant in scenario.world.tenants {
      let usage = await admin.usage(of: tenant.id)
      saw(usage, of: tenant.id, subject: "the usage page")
      if let page = try? Self.decoder.decode(
        UsagePage.self,
        from: Data(usage.body.readableBytesView)
      ),
        usage.status == 200
      {
        for row in page.rows { record(row, of: tenant.id) }
      }
      let invoices = await invoices(of: tenant.id, subject: "the invoices")
      for invoice in invoices { record(invoice, of: tenant.id) }
    }
  }

  /// What a step expects of invoices is held against those of its own moment.
  func readExpectedInvoices(of step: Step) async {
    for expectation in step.expectations {
      guard case .invoice(let tenant, let month, _) = expectation else { continue }
      let invoices = await invoices(of: tenant, subject: "the invoices, line \(step.line)")
      let total = invoices.last { $0.period == month }?.totalCents
      invoiceTotals.withLock { $0[step.line, default: [:]]["\(tenant)/\(month)"] = total }
    }
  }

  /// Those that were issued, and last what has come together since; none where there is no answer.
  private func invoices(of tenant: String, subject: String) async -> [Invoice] {
    let answer = await admin.invoices(of: tenant)
    saw(answer, of: tenant, subject: subject)
    guard answer.status == 200,
      let documents = try? Self.decoder.decode(
        Invoices.self,
        from: Data(answer.body.readableBytesView)
      )
    else { return [] }
    return documents.invoices + (documents.draft.map { [$0] } ?? [])
  }

  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }()

  private struct UsagePage: Decodable {
    struct Row: Decodable {
      var paidBy: String
      var lastFour: String?
      var endpoint: String
      var model: String
      var calls: Int
      var cutOffCalls: Int
      var promptTokens: Int
      var completionTokens: Int
    }

    var rows: [Row]
  }

  private struct Invoices: Decodable {
    var invoices: [Invoice]
    var draft: Invoice?
  }

  private struct Invoice: Decodable {
    struct Line: Decodable {
      var kind: String
      var item: String
      var quantity: Int
      var cents: Int
    }

    var period: String
    var issuedOn: String?
    var lines: [Line]
    var totalCents: Int
  }

  private func record(_ row: UsagePage.Row, of tenant: String) {
    recorder.record(
      .usageLine(
        .init(
          tenant: tenant,
          isOnVendorAccount: row.paidBy == "vendor",
          key: row.lastFour.flatMap { keys.fingerprint(lastFour: $0, of: tenant) },
          endpoint: row.endpoint,
          model: row.model,
          calls: row.calls,
          cutOffCalls: row.cutOffCalls,
          promptTokens: row.promptTokens,
          completionTokens: row.completionTokens
        )
      )
    )
  }

  private func record(_ invoice: Invoice, of tenant: String) {
    func line(_ kind: Event.InvoiceLine.Kind, _ item: String, _ quantity: Int, _ cents: Int) {
      recorder.record(
        .invoiceLine(
          .init(
            tenant: tenant,
            period: invoice.period,
            isIssued: invoice.issuedOn != nil,
            kind: kind,
            item: item,
            quantity: quantity,
            cents: cents
          )
        )
      )
    }
    for entry in invoice.lines {
      line(
        Event.InvoiceLine.Kind(rawValue: entry.kind) ?? .other,
        entry.item,
        entry.quantity,
        entry.cents
      )
    }
    line(.total, "total", invoice.lines.count, invoice.totalCents)
  }
}
