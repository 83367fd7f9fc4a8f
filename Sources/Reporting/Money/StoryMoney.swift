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
  /// What was read of each set of books; absent where it was not read.
  private(set) var stated: [MoneyDigest.Books: [Account: MoneyDigest.Sum]] = [:]
  private(set) var costsStated: [MoneyDigest.Payer: Int64] = [:]
  /// At the price list, in billionths of a dollar.
  private(set) var listed: [MoneyDigest.Payer: Int64] = [:]
  private(set) var cutOffListed: [MoneyDigest.Payer: Int64] = [:]
  private(set) var invoices: [Event.InvoiceLine] = []

  private var owners: [Event.Key: MoneyDigest.Payer] = [:]
  private let prices: [String: Facts.TokenPrice]

  init(_ history: History) {
    prices = Dictionary(
      (history.facts.terms?.tokenPrices ?? []).map { ($0.model, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for event in history.events { take(event.kind) }
  }

  private mutating func take(_ kind: Event.Kind) {
    switch kind {
    case .keyCreated(let created):
      if owners[created.key] == nil {
        owners[created.key] = created.owner == .vendor ? .vendor : .customer
      }
    case .providerCall(let call): take(call)
    case .ledgerRow(let row):
      guard let payer = owners[row.key] else { return }
      add(row.calls, row.promptTokens + row.completionTokens, .ledger, payer, row.endpoint)
    case .usageLine(let line):
      let payer: MoneyDigest.Payer = line.isOnVendorAccount ? .vendor : .customer
      add(line.calls, line.promptTokens + line.completionTokens, .page, payer, line.endpoint)
    case .providerReport(let report):
      guard let payer = owners[report.key] else { return }
      switch report.source {
      case .usage:
        let tokens = report.promptTokens + report.completionTokens
        add(report.calls, tokens, .usage, payer, report.item)
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
    if call.outcome == .completed {
      completed[account, default: .init()] += sum
      listed[payer, default: 0] += cost
    } else {
      cutOff[account, default: .init()] += sum
      cutOffListed[payer, default: 0] += cost
    }
  }

  private mutating func add(
    _ calls: Int,
    _ tokens: Int,
    _ books: MoneyDigest.Books,
    _ payer: MoneyDigest.Payer,
    _ service: String
  ) {
    let sum = MoneyDigest.Sum(calls: calls, tokens: tokens)
    stated[books, default: [:]][Account(payer, named: service), default: .init()] += sum
  }
}
