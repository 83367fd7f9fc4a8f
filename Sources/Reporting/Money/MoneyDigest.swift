import Evidence
import Guarantees
import Worlds

/// What was spent over all stories of a run, by whom, and what each set of books says of it.
/// Controls have no say: their vendors cheat on purpose.
struct MoneyDigest {
  enum Payer: CaseIterable {
    case customer
    case vendor
  }

  enum Service: String, CaseIterable {
    case completions
    case embeddings
  }

  /// Who states what was spent.
  enum Books: CaseIterable {
    case ledger
    case usage
    case page
  }

  struct Sum: Equatable {
    var calls = 0
    var tokens = 0

    static func += (left: inout Sum, right: Sum) {
      left.calls += right.calls
      left.tokens += right.tokens
    }
  }

  /// One set of books against what was seen in the stories in which it was read.
  struct Entry: Equatable {
    var stated = Sum()
    /// Seen of the keys that it lists.
    var completed = Sum()
    /// Seen of them, but cut off before the usage was sent: may stand in the books or not.
    var cutOff = Sum()
    /// Seen of keys that it does not list.
    var unlisted = Sum()
    /// Tokens that neither the calls seen nor those cut off explain, whatever their sign.
    var unexplained = 0
    /// The same in stories with faults or restarts, in which a vendor may not hear of a usage.
    var disturbed = 0

    /// Of one story.
    var difference: Int {
      let surplus = stated.tokens - completed.tokens
      return surplus < 0 ? surplus : max(0, surplus - cutOff.tokens)
    }

    static func += (left: inout Entry, right: Entry) {
      left.stated += right.stated
      left.completed += right.completed
      left.cutOff += right.cutOff
      left.unlisted += right.unlisted
      left.unexplained += right.unexplained
      left.disturbed += right.disturbed
    }
  }

  struct Row: Equatable {
    var payer: Payer
    var service: Service
    var completed = Sum()
    var cutOff = Sum()
    var books: [Books: Entry] = [:]
  }

  /// What a price list makes of the tokens seen, beside what the provider's cost API says.
  struct Costs: Equatable {
    var stated: Int64 = 0
    var listed: Int64 = 0
    var cutOffListed: Int64 = 0
  }

  struct Charges: Equatable {
    var model: Facts.Deployment
    var lines: [Event.InvoiceLine.Kind: Sum] = [:]
    var cents: [Event.InvoiceLine.Kind: Int] = [:]
  }

  private(set) var rows: [Row] = []
  private(set) var costs: [Payer: Costs] = [:]
  private(set) var charges: [Charges] = []
  private(set) var embeddings: [(model: Facts.Deployment, payers: (customer: Int, vendor: Int))] =
    []

  init(_ scenarios: [ScenarioResult]) {
    for payer in Payer.allCases {
      for service in Service.allCases { rows.append(Row(payer: payer, service: service)) }
    }
    var payers: [Facts.Deployment: (customer: Int, vendor: Int)] = [:]
    for scenario in scenarios where scenario.ending == .played && !scenario.isControl {
      guard let history = scenario.history else { continue }
      let story = StoryMoney(history)
      take(story)
      guard let model = scenario.deployment else { continue }
      let paid = payers[model] ?? (0, 0)
      payers[model] = (
        paid.customer + story.completed[.init(.customer, .embeddings), default: Sum()].calls,
        paid.vendor + story.completed[.init(.vendor, .embeddings), default: Sum()].calls
      )
      charge(story.invoices, model)
    }
    rows.removeAll { $0.completed.calls == 0 && $0.books.isEmpty }
    embeddings = Facts.Deployment.allCases.compactMap { model in
      guard let paid = payers[model], paid.customer + paid.vendor > 0 else { return nil }
      return (model, paid)
    }
  }

  private mutating func take(_ story: StoryMoney) {
    for index in rows.indices {
      let account = StoryMoney.Account(rows[index].payer, rows[index].service)
      rows[index].completed += story.completed[account] ?? Sum()
      rows[index].cutOff += story.cutOff[account] ?? Sum()
      for (book, entries) in story.entries {
        guard let entry = entries[account] else { continue }
        rows[index].books[book, default: Entry()] += entry
      }
    }
    for (payer, stated) in story.costsStated {
      costs[payer, default: Costs()].stated += stated
      costs[payer, default: Costs()].listed += story.listed[payer] ?? 0
      costs[payer, default: Costs()].cutOffListed += story.cutOffListed[payer] ?? 0
    }
  }

  private mutating func charge(_ lines: [Event.InvoiceLine], _ model: Facts.Deployment) {
    for line in lines where line.kind != .total {
      let index =
        charges.firstIndex { $0.model == model }
        ?? {
          charges.append(Charges(model: model))
          return charges.count - 1
        }()
      charges[index].cents[line.kind, default: 0] += line.cents
      charges[index].lines[line.kind, default: Sum()].calls += 1
      charges[index].lines[line.kind, default: Sum()].tokens += line.quantity
    }
  }
}
