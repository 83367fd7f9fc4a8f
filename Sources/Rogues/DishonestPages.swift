import Wire
import Worlds

/// Vendors whose pages say what their books do not.
extension Vendor {
  package static let roundsUpSeats = Vendor(
    name: "rounds-up-seats",
    kind: .rogue(breaks: ["direct-billing", "deployment-model"]),
    summary: "Charges whole months for seats that were taken in the middle of one.",
    incident: "seat prices that are not prorated, against the price list of the guide's example",
    triedIn: ["billing/seat-in-mid-month.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("invoices") { documents in
      documents.changing("invoices") { $0.mappingElements(Self.rounded) }
        .changing("draft", Self.rounded)
    }
  }

  private static func rounded(_ invoice: JSONValue) -> JSONValue {
    let lines = (invoice["lines"]?.elements ?? []).map { line in
      line.changing("cents") { .integer((($0.wholeNumber ?? 0) + 499) / 500 * 500) }
    }
    let sum = lines.reduce(0) { $0 + ($1["cents"]?.wholeNumber ?? 0) }
    return invoice.changing("lines") { _ in .array(lines) }
      .changing("total_cents") { _ in .integer(sum) }
  }

  package static let hidesEmbeddings = Vendor(
    name: "hides-embeddings",
    kind: .rogue(breaks: ["usage-visibility"]),
    summary: "Leaves embeddings out of its usage page.",
    incident: "warpdotdev/warp #8077 (usage through the vendor's servers cannot be audited)",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("usage") { page in
      page.changing("rows") { rows in
        let shown = (rows.elements ?? []).filter { row in
          !(row["endpoint"]?.text ?? "").hasSuffix("/embeddings")
        }
        return .array(shown)
      }
    }
  }

  package static let booksOnNewestKey = Vendor(
    name: "books-on-newest-key",
    kind: .rogue(breaks: ["usage-visibility"]),
    summary: "Shows all usage under one key, also what another had paid.",
    incident: "ItsJazii/pane #204, zed-industries/zed PR #58915 (the previous account's name)",
    triedIn: ["billing/retries-counted-once.yaml"]
  ) { setup in
    try honest.start(setup).rewriting("usage") { page in
      let newest = page["rows"]?.elements?.last?["last_four"] ?? .null
      return page.changing("rows") { rows in
        rows.mappingElements { $0.changing("last_four") { _ in newest } }
      }
    }
  }
}
