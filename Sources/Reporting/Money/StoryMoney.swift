import Evidence
import Worlds

/// What one story's events say of money, in one pass.
struct StoryMoney {
  struct Account: Hashable {
    var payer: MoneyDigest.Payer
    var service: MoneyDigest.Service

    init(_ payer: MoneyDigest.Payer, _ service: MoneyDigest.Service) {
      self.payer = payer
      self.service = service
    }

    fileprivate init(_ payer: MoneyDigest.Payer, named name: String) {
      self.init(payer, name.hasSuffix("embeddings") ? .embeddings : .completions)
    }
  }

  private(set) var completed: [Account: MoneyDigest.Sum] = [:]
  private(set) var cutOff: [Account: MoneyDigest.Sum] = [:]
  /// Each set of books that was read against what was seen.
  private(set) var entries: [MoneyDigest.Books: [Account: MoneyDigest.Entry]] = [:]
  /// Whether something was wrong with the world, so that the vendor may not have heard of a usage.
  private(set) var wasDisturbed = false
  private(set) var costsStated: [MoneyDigest.Payer: Int64] = [:]
  /// At the price list, in billionths of a dollar.
  private(set) var listed: [MoneyDigest.Payer: Int64] = [:]
  private(set) var cutOffListed: [MoneyDigest.Payer: Int64] = [:]
  private(set) var invoices: [Event.InvoiceLine] = []

  private var owners: [Event.Key: MoneyDigest.Payer] = [:]
  private var stated: [MoneyDigest.Books: [Line: MoneyDigest.Sum]] = [:]
  private var seen: [Line: (completed: MoneyDigest.Sum, cutOff: MoneyDigest.Sum)] = [:]

  /// A key, or the account of the vendor as its page names it.
  private struct Line: Hashable {
    var key: Event.Key?
    var account: Account
  }
  private let prices: [String: Facts.TokenPrice]

  init(_ history: History) {
    prices = Dictionary(
      (history.facts.terms?.tokenPrices ?? []).map { ($0.model, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for event in history.events { take(event.kind) }
    for book in stated.keys { entries[book] = compared(book) }
  }

  /// What was seen of the keys that a set of books lists, and of those that it does not.
  private func compared(_ book: MoneyDigest.Books) -> [Account: MoneyDigest.Entry] {
    let lines = stated[book] ?? [:]
    let listed = Set(lines.keys.compactMap(\.key))
    var entries: [Account: MoneyDigest.Entry] = [:]
    for (line, sum) in lines { entries[line.account, default: .init()].stated += sum }
    for (line, sums) in seen {
      // The vendor's page has one line for all keys of the vendor's own.
      let isListed = line.key.map(listed.contains) ?? false
      if isListed || book == .page {
        entries[line.account, default: .init()].completed += sums.completed
        entries[line.account, default: .init()].cutOff += sums.cutOff
      } else {
        entries[line.account, default: .init()].unlisted += sums.completed
      }
    }
    for (account, entry) in entries {
      let difference = abs(entry.difference)
      if book == .page, wasDisturbed {
        entries[account]?.disturbed = difference
      } else {
        entries[account]?.unexplained = difference
      }
    }
    return entries
  }

  private mutating func take(_ kind: Event.Kind) {
    switch kind {
    case .keyCreated(let created):
      if owners[created.key] == nil {
        owners[created.key] = created.owner == .vendor ? .vendor : .customer
      }
    case .fault: wasDisturbed = true
    case .vendor(let change): if change != .started { wasDisturbed = true }
    case .providerCall(let call): take(call)
    case .ledgerRow(let row):
      guard let payer = owners[row.key] else { return }
      let tokens = row.promptTokens + row.completionTokens
      add(row.calls, tokens, .ledger, row.key, payer, row.endpoint)
    case .usageLine(let line):
      let payer: MoneyDigest.Payer = line.isOnVendorAccount ? .vendor : .customer
      let tokens = line.promptTokens + line.completionTokens
      add(line.calls, tokens, .page, line.key, payer, line.endpoint)
    case .providerReport(let report):
      guard let payer = owners[report.key] else { return }
      switch report.source {
      case .usage:
        let tokens = report.promptTokens + report.completionTokens
        add(report.calls, tokens, .usage, report.key, payer, report.item)
      case .costs: costsStated[payer, default: 0] += report.nanoDollars
      }
    case .invoiceLine(let line): invoices.append(line)
    default: break
    }
  }

  private mutating func take(_ call: Event.ProviderCall) {
    guard call.succeeded, call.outcome != .refused, let key = call.key, let payer = owners[key],
      call.promptTokens + call.completionTokens > 0
    else { return }
    let account = Account(payer, named: call.endpoint)
    let sum = MoneyDigest.Sum(calls: 1, tokens: call.promptTokens + call.completionTokens)
    let price = prices[call.model]
    let cost =
      Int64(call.promptTokens) * (price?.input ?? 0)
      + Int64(call.completionTokens) * (price?.output ?? 0)
    let line = Line(key: key, account: account)
    if call.outcome == .completed {
      completed[account, default: .init()] += sum
      seen[line, default: (.init(), .init())].completed += sum
      listed[payer, default: 0] += cost
    } else {
      cutOff[account, default: .init()] += sum
      seen[line, default: (.init(), .init())].cutOff += sum
      cutOffListed[payer, default: 0] += cost
    }
  }

  private mutating func add(
    _ calls: Int,
    _ tokens: Int,
    _ books: MoneyDigest.Books,
    _ key: Event.Key?,
    _ payer: MoneyDigest.Payer,
    _ service: String
  ) {
    let line = Line(key: key, account: Account(payer, named: service))
    let sum = MoneyDigest.Sum(calls: calls, tokens: tokens)
    stated[books, default: [:]][line, default: .init()] += sum
  }
}
