import Evidence
import Foundation
import NIOCore
import Providers
import ScenarioFiles
import Secrets
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
      let invoices = await admin.invoices(of: tenant.id)
      saw(invoices, of: tenant.id, subject: "the invoices")
      if let documents = try? Self.decoder.decode(
        Invoices.self,
        from: Data(invoices.body.readableBytesView)
      ), invoices.status == 200 {
        for invoice in documents.invoices { record(invoice, of: tenant.id) }
        if let draft = documents.draft { record(draft, of: tenant.id) }
      }
    }
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
