import Evidence
import Guarantees

struct MoneyRowView {
  var moneyAccount: ShownText
  var moneySeen: ShownText
  var moneyCutOff: ShownText
  var moneyBooks: [BookView]
}

struct BookView {
  var bookStyle: ShownText
  var bookStated: ShownText
  var bookDifference: ShownText
}

extension ReportPage {
  var bookNames: [ShownText] { MoneyDigest.Books.allCases.map { ShownText($0.words) } }

  var moneyRows: [MoneyRowView] {
    digest.money.rows.map { row in
      MoneyRowView(
        moneyAccount: ShownText("\(row.payer.words), \(row.service.rawValue)"),
        moneySeen: ShownText(Self.words(row.completed)),
        moneyCutOff: ShownText(row.cutOff.calls == 0 ? "none" : Self.words(row.cutOff)),
        moneyBooks: MoneyDigest.Books.allCases.map { Self.view(row.books[$0]) }
      )
    }
  }

  private static func view(_ entry: MoneyDigest.Entry?) -> BookView {
    guard let entry else {
      return BookView(
        bookStyle: ShownText("unseen"),
        bookStated: ShownText("not read"),
        bookDifference: ShownText("")
      )
    }
    var notes = ["difference \(Words.grouped(entry.unexplained))"]
    if entry.disturbed > 0 {
      notes.append("and \(Words.grouped(entry.disturbed)) in stories with faults or restarts")
    }
    if entry.unlisted.calls > 0 {
      notes.append("not listed: keys with \(words(entry.unlisted))")
    }
    return BookView(
      bookStyle: ShownText(entry.unexplained == 0 ? "agrees" : "differs"),
      bookStated: ShownText(words(entry.stated)),
      bookDifference: ShownText(notes.joined(separator: "; "))
    )
  }

  private static func words(_ sum: MoneyDigest.Sum) -> String {
    "\(Words.count(sum.calls, "call", "calls")), \(Words.count(sum.tokens, "token", "tokens"))"
  }

  /// What the cost API and the invoices say.
  var statements: [ShownText] {
    let costs = MoneyDigest.Payer.allCases.compactMap { payer -> String? in
      guard let cost = digest.money.costs[payer] else { return nil }
      return "The provider's cost API states \(Self.dollars(cost.stated)) for \(payer.words); the "
        + "tokens seen there come to \(Self.dollars(cost.listed)) by the price list"
        + (cost.cutOffListed > 0
          ? ", and those of calls cut off to \(Self.dollars(cost.cutOffListed))." : ".")
    }
    let kinds: [(Event.InvoiceLine.Kind, String)] = [
      (.seats, "seats"), (.tokens, "tokens"), (.other, "anything else"),
    ]
    let charges = digest.money.charges.map { charge in
      let parts = kinds.map { kind, name in
        let lines = charge.lines[kind]?.calls ?? 0
        return "\(Self.dollars(Int64(charge.cents[kind] ?? 0) * 10_000_000)) for \(name) in "
          + Words.count(lines, "line", "lines")
      }
      return "Invoices of the vendor, \(charge.model.words): \(parts.joined(separator: ", "))."
    }
    return (costs + charges).map { ShownText($0) }
  }

  /// Of billionths, to the cent; small sums to the hundredth of a cent.
  private static func dollars(_ nanoDollars: Int64) -> String {
    let digits = abs(nanoDollars) < 10_000_000_000 && nanoDollars % 10_000_000 != 0 ? 4 : 2
    let unit: Int64 = digits == 4 ? 100_000 : 10_000_000
    let units = (abs(nanoDollars) + unit / 2) / unit
    let scale: Int64 = digits == 4 ? 10_000 : 100
    let rest = String(units % scale)
    return (nanoDollars < 0 ? "−$" : "$") + Words.grouped(Int(units / scale)) + "."
      + String(repeating: "0", count: digits - rest.count) + rest
  }
}

extension MoneyDigest.Payer {
  var words: String {
    switch self {
    case .customer: "customers' own accounts"
    case .vendor: "the vendor's own account"
    }
  }
}

extension MoneyDigest.Books {
  var words: String {
    switch self {
    case .ledger: "The provider's books"
    case .usage: "The provider's usage API"
    case .page: "The vendor's usage page"
    }
  }
}
