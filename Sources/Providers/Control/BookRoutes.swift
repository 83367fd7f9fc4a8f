import HTTPTypes
import Secrets
import Wire
import Worlds

/// The ledger call by call, its sums, and the journal, of any provider.
struct BookRoutes: Sendable {
  let ledger: any LedgerStore
  let journal: Journal
  let prices: PriceTable
  /// The dated name of a model.
  let snapshot: @Sendable (String) -> String?
  /// Those that there are, in order: sums are one's alone, the first one's unless another is named.
  let organizations: @Sendable () -> [String]

  var routes: [ControlRoute] {
    [
      ControlRoute(.get, "/ledger", showLedger), ControlRoute(.get, "/totals", showTotals),
      ControlRoute(.get, "/journal", showJournal), ControlRoute(.get, "/prices", showPrices),
    ]
  }

  private static let ledgerParameters: Set<String> = [
    "after", "limit", "organization_id", "project_id", "key_id", "fingerprint", "endpoint", "model",
    "status", "outcome", "from", "to",
  ]

  @Sendable private func showLedger(_ call: ControlCall) throws -> JSONBody {
    try call.query.allow(Self.ledgerParameters)
    let outcomes = [ObservedCall.Outcome.completed, .cutOff, .refused]
    let outcome = try call.query.word("outcome", of: outcomes.map(\.word))
    var filter = LedgerFilter()
    filter.organizationID = call.query.text("organization_id")
    filter.projectID = call.query.text("project_id")
    filter.keyID = call.query.text("key_id")
    filter.fingerprint = call.query.text("fingerprint")
    filter.endpoint = call.query.text("endpoint")
    filter.model = call.query.text("model")
    filter.status = try call.query.integer("status", in: 0...999)
    filter.outcome = outcomes.first { $0.word == outcome }
    filter.from = try Self.moment("from", call)
    filter.to = try Self.moment("to", call)
    let after = try call.query.integer("after", in: 0...Int.max) ?? 0
    let limit = try call.query.integer("limit", in: 1...1_000) ?? 100
    let rows = try ledger.rows(filter, after: after, limit: limit + 1)
    return .page(rows.prefix(limit).map { ($0.sequence, $0.body) }, hasMore: rows.count > limit)
  }

  @Sendable private func showJournal(_ call: ControlCall) throws -> JSONBody {
    try call.query.allow(["after", "limit"])
    let after = try call.query.integer("after", in: 0...Int.max) ?? 0
    let limit = try call.query.integer("limit", in: 1...1_000) ?? 100
    let entries = journal.entries(after: after, limit: limit + 1)
    return .page(
      entries.prefix(limit).map { ($0.sequence, $0.body) },
      hasMore: entries.count > limit
    )
  }

  /// Sums over any stretch of time, with their cost.
  @Sendable private func showTotals(_ call: ControlCall) throws -> JSONBody {
    try call.query.allow([
      "organization_id", "from", "to", "group_by", "project_ids", "user_ids", "api_key_ids",
      "models",
    ])
    let words = UsageDimension.allCases.map(\.rawValue)
    let groups = try Administration.groups(call.query, of: words)
    let from = try Self.moment("from", call) ?? Timestamp(nanoseconds: 0)
    let to = try Self.moment("to", call) ?? Timestamp(nanoseconds: call.now.nanoseconds + 1)
    var query = UsageQuery(
      organizationID: try Self.organization(
        call.query.text("organization_id"),
        of: organizations()
      ),
      from: from,
      to: to,
      // One bucket for all there is.
      bucket: .seconds(1 << 33)
    )
    query.groupBy = Set(groups.compactMap(UsageDimension.init(rawValue:)))
    query.filters = Administration.filters(call.query, snapshot: snapshot)
    let totals = try ledger.totals(query)
    query.groupBy.insert(.model)
    let costs = Dictionary(
      try ledger.totals(query).map { total in
        var group = total.group
        if !groups.contains("model") { group.model = nil }
        let lines = CostLine.lines(of: total, prices: prices)
        return (group, lines.reduce(NanoDollars(0)) { $0 + $1.amount })
      },
      uniquingKeysWith: { $0 + $1 }
    )
    return [
      "data": .array(
        totals.map { total in
          .object(
            total.group.members + [
              ("calls", .integer(total.calls)),
              ("input_tokens", .integer(total.promptTokens)),
              ("cached_tokens", .integer(total.cachedTokens)),
              ("output_tokens", .integer(total.completionTokens)),
              ("usd", .string((costs[total.group] ?? NanoDollars(0)).dollars)),
            ]
          )
        }
      )
    ]
  }

  @Sendable private func showPrices(_ call: ControlCall) -> JSONBody {
    [
      "source": .string(prices.source), "date": .string(prices.date), "unit": "usd per token",
      "models": .array(
        prices.sorted.map { price in
          [
            "model": .string(price.model), "input": .string(price.input.dollars),
            "cached_input": .string(price.cachedInput.dollars),
            "output": .string(price.output.dollars),
          ]
        }
      ),
    ]
  }

  /// The one that was named, or the first.
  static func organization(_ id: String?, of known: [String]) throws -> String {
    guard let found = id ?? known.first, known.contains(found) else {
      throw ProviderAccountError.unknownOrganization(id ?? "")
    }
    return found
  }

  private static func moment(_ name: String, _ call: ControlCall) throws -> Timestamp? {
    guard let text = call.query.text(name) else { return nil }
    guard let moment = Timestamp(iso8601: text) else {
      let wanted = "a moment such as 2026-01-05T08:00:00Z"
      throw Refusal(RequestFault.invalid(parameter: name, wanted: wanted))
    }
    return moment
  }
}
