import Hummingbird
import Worlds

extension Dashboard {
  /// The draft of the month first, then what was issued, newest first.
  @Sendable
  func invoicesPage(_: Request, _: ServerContext, _ session: Session) throws -> Response {
    let draft = try money.invoices.draft(for: session.tenant, at: clock.now)
    let issued = try money.invoices.issued(to: session.tenant, at: clock.now)
      .sorted { $0.period > $1.period }
    let documents = ([draft].compactMap(\.self) + issued).map(Self.view)
    return page(
      "Invoices",
      at: "/dashboard/invoices",
      "invoices",
      InvoicesView(documents: documents, hasDocuments: !documents.isEmpty),
      session
    )
  }

  private static func view(of invoice: Invoice) -> InvoicesView.Document {
    InvoicesView.Document(
      title: invoice.issuedOn == nil
        ? "\(invoice.period), so far" : "Invoice \(invoice.number)",
      from: invoice.from,
      through: invoice.through,
      issued: invoice.issuedOn,
      lines: invoice.lines.map {
        .init(item: $0.item, quantity: "\($0.quantity)", amount: $0.cents.text)
      },
      total: invoice.totalCents.text
    )
  }

  static func view(of total: UsageTotal) -> UsageView.Total {
    UsageView.Total(
      payer: total.payer == .customer ? "your organization" : "the vendor",
      key: total.payer == .customer ? "ends in \(total.lastFour)" : "the vendor's",
      model: total.model,
      endpoint: total.endpoint,
      calls: "\(total.calls)",
      cutOff: "\(total.cutOffCalls)",
      prompt: "\(total.promptTokens)",
      completion: "\(total.completionTokens)"
    )
  }
}
