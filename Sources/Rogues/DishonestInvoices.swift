import Wire
import Worlds

extension Vendor {
  /// Modelled on resellers that bill an "AI usage" share of what the customer's own account has
  /// paid already.
  package static let addsMarkup = Vendor(
    name: "adds-markup",
    kind: .rogue(breaks: ["direct-billing", "deployment-model"]),
    summary: "Adds a fifth to the price of each seat, for the handling of the customer's key.",
    incident: "the markup that the guide says BYOK has not",
    triedIn: ["billing/trial-to-paid.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("invoices") { documents in
      documents.changingInvoices { invoice in
        let lines = invoice["lines"]?.mappingElements { line in
          line.changing("cents") { .integer(($0.wholeNumber ?? 0) * 6 / 5) }
        }
        return invoice.with(lines: lines ?? .array([]))
      }
    }
  }

  /// Modelled on the same, by the token: the customer pays its provider, and the vendor again.
  package static let chargesForTokens = Vendor(
    name: "charges-for-tokens",
    kind: .rogue(breaks: ["direct-billing", "deployment-model"]),
    summary: "Charges a fee for tokens that the customer's own account has paid.",
    incident: "the token cost that the guide says a BYOK customer pays its provider alone",
    triedIn: ["billing/trial-to-paid.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("invoices") { documents in
      documents.changingInvoices { invoice in
        let fee = JSONValue.object([
          .init("kind", .string("tokens")), .init("item", .string("Model usage")),
          .init("quantity", .integer(10_000)), .init("cents", .integer(99)),
        ])
        return invoice.with(lines: .array((invoice["lines"]?.elements ?? []) + [fee]))
      }
    }
  }

  /// Modelled on price lists whose markup is counted twice once a seat's month is split into days.
  package static let marksUpSeatTokensTwice = Vendor(
    name: "marks-up-seat-tokens-twice",
    kind: .rogue(breaks: ["deployment-model"]),
    summary: "Charges a hosted customer's tokens by the seat, a fifth above what its terms say.",
    incident: "hosted plans whose stated markup is not the one that is charged",
    triedIn: ["billing/hosted-invoice-by-the-seat.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("invoices") { documents in
      documents.changingInvoices { invoice in
        let lines = invoice["lines"]?.mappingElements { line in
          guard line["kind"]?.text == "tokens",
            line["item"]?.text?.contains("by the seat") == true
          else { return line }
          return line.changing("cents") { .integer(($0.wholeNumber ?? 0) * 6 / 5) }
        }
        return invoice.with(lines: lines ?? .array([]))
      }
    }
  }

  /// Modelled on dashboards that leave out what runs beside the answers.
  package static let underReportsTokens = Vendor(
    name: "under-reports-tokens",
    kind: .rogue(breaks: ["usage-visibility"]),
    summary: "Shows administrators half of the tokens that it spends.",
    incident: "the visibility that the guide promises, halved",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("usage") { page in
      page.changing("rows") { rows in
        rows.mappingElements { row in
          row.changing("prompt_tokens") { .integer(($0.wholeNumber ?? 0) / 2) }
        }
      }
    }
  }
}

extension JSONValue {
  /// The documents of the invoices page, the draft included.
  fileprivate func changingInvoices(_ change: (JSONValue) -> JSONValue) -> JSONValue {
    changing("invoices") { $0.mappingElements(change) }.changing("draft", change)
  }

  /// An invoice with other lines, whose sum is right.
  fileprivate func with(lines: JSONValue) -> JSONValue {
    let sum = (lines.elements ?? []).reduce(0) { $0 + ($1["cents"]?.wholeNumber ?? 0) }
    return changing("lines") { _ in lines }.changing("total_cents") { _ in .integer(sum) }
  }
}
