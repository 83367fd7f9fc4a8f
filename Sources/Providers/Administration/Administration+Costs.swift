import Wire
import Worlds

/// What was spent: `/costs`.
extension Administration {
  private static let costParameters: Set<String> = [
    "start_time", "end_time", "bucket_width", "limit", "page", "group_by", "project_ids",
    "user_ids", "api_key_ids", "line_items",
  ]

  @Sendable func costs(_ call: AdministrationCall) throws -> JSONBody {
    try call.query.allow(Self.costParameters)
    let words = ["project_id", "user_id", "api_key_id", "line_item", "api_source"]
    let groups = try Self.groups(call.query, of: words)
    let pages = try UsagePages(call.query, widths: UsagePages.daysOfCosts, now: call.now)
    let books = mock.settings.books
    var query = pages.query(
      organizationID: call.organizationID,
      booked: shown(after: books.costsDelay, call.now)
    )
    // Prices are by model, so sums are too, until they are money.
    query.groupBy = Set(groups.compactMap(UsageDimension.init(rawValue:))).union([.model])
    query.filters = filters(call.query)
    let wanted = Set(call.query.list("line_items"))
    var sums = CostSums(isByLineItem: groups.contains("line_item"))
    for total in try mock.ledgerStore.totals(query) {
      let lines = CostLine.lines(of: total, prices: books.prices)
      for line in lines where wanted.isEmpty || wanted.contains(line.name) {
        sums.add(line, of: total.group)
      }
    }
    let source: JSONBody = groups.contains("api_source") ? "unlabeled" : nil
    return pages.body(
      Dictionary(grouping: sums.sorted, by: \.group.bucket).mapValues { sums in
        sums.map { $0.body(amounts: books.amounts, source: source) }
      }
    )
  }
}

/// One kind of tokens of one model, and what they cost together.
struct CostLine: Sendable, Equatable {
  var name: String
  var tokens: Int
  var amount: NanoDollars

  /// None for a model without a price: nobody knows what it costs.
  static func lines(of total: UsageTotal, prices: PriceTable) -> [CostLine] {
    guard let model = total.group.model, let price = prices.price(of: model) else { return [] }
    let kinds = [
      ("input_tokens", total.promptTokens - total.cachedTokens, price.input),
      ("cached_input_tokens", total.cachedTokens, price.cachedInput),
      ("output_tokens", total.completionTokens, price.output),
    ]
    return kinds.filter { $0.1 > 0 }.map { kind, tokens, price in
      CostLine(name: "\(model), \(kind)", tokens: tokens, amount: price * tokens)
    }
  }
}

/// Costs as they are asked for: in whole billionths of a dollar until they are written.
private struct CostSums {
  struct Sum {
    var group: UsageTotal.Group
    var line: CostLine?
    var amount = NanoDollars(0)

    func body(amounts: BookSettings.AmountForm, source: JSONBody) -> JSONBody {
      let dollars = amount.dollars
      return [
        "object": "organization.costs.result",
        "amount": [
          "value": amounts == .number ? .decimal(dollars) : .string(dollars),
          "currency": "usd",
        ],
        "line_item": .optional(line?.name),
        "project_id": .optional(group.project),
        "user_id": group.user.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null,
        "api_key_id": .optional(group.key),
        "api_source": source,
        "quantity": .optional(line?.tokens),
        "quantity_unit": line == nil ? nil : "tokens",
      ]
    }
  }

  private struct Place: Hashable {
    var group: UsageTotal.Group
    var line: String
  }

  let isByLineItem: Bool
  private var sums: [Place: Sum] = [:]

  init(isByLineItem: Bool) {
    self.isByLineItem = isByLineItem
  }

  mutating func add(_ line: CostLine, of group: UsageTotal.Group) {
    var group = group
    group.model = nil
    let place = Place(group: group, line: isByLineItem ? line.name : "")
    var sum = sums[place] ?? Sum(group: group)
    sum.amount = sum.amount + line.amount
    if isByLineItem {
      let before = sum.line?.tokens ?? 0
      sum.line = line
      sum.line?.tokens += before
    }
    sums[place] = sum
  }

  var sorted: [Sum] {
    sums.values.sorted {
      ($0.group, $0.line?.name ?? "") < ($1.group, $1.line?.name ?? "")
    }
  }
}
