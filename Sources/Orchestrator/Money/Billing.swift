import Worlds

/// Works out what a customer owes for a month, from the vendor's own records.
struct Billing: Sendable {
  let pricing: OrchestratorConfiguration.Pricing
  let subscriptions: SubscriptionStore
  let seats: SeatStore
  let usage: UsageStore
  /// Customers who are charged for tokens by the seat.
  let tokensBySeat: Set<String>

  /// Nil where the customer did not subscribe in that month.
  func invoice(of tenant: String, for month: BillingMonth) throws -> Invoice? {
    guard let subscription = try subscriptions.subscription(of: tenant) else { return nil }
    let start = CalendarDay(subscription.startedAt)
    let end = subscription.cancelledAt.map { CalendarDay($0) } ?? month.last
    guard start <= month.last, end >= month.first else { return nil }
    let charged = max(month.first, start.advanced(by: pricing.trialDays))
    let last = min(month.last, end)
    var lines: [Invoice.Line] = []
    if charged <= last {
      lines = try charges(of: tenant, from: charged, through: last, of: month)
    }
    return Invoice(
      number: "\(tenant)-\(month.name)",
      tenant: tenant,
      period: month.name,
      from: month.first.text,
      through: month.last.text,
      lines: lines,
      totalCents: lines.reduce(Cents(0)) { $0 + $1.cents }
    )
  }

  private func charges(
    of tenant: String,
    from first: CalendarDay,
    through last: CalendarDay,
    of month: BillingMonth
  ) throws -> [Invoice.Line] {
    let seats = try seatsByDays(of: tenant, from: first, through: last)
    func perSeat(_ kind: Invoice.LineKind, _ item: String, _ price: Cents) -> [Invoice.Line] {
      seats.map { days, count in
        Invoice.Line(
          kind: kind,
          item: "\(item), \(days) of \(month.days) days",
          quantity: count,
          cents: price.prorated(days, of: month.days) * count
        )
      }
    }
    let tokens =
      tokensBySeat.contains(tenant)
      ? perSeat(
        .tokens,
        "Model usage by the seat",
        Cents(pricing.seatTokensCents).markedUp(by: pricing.markupPercent)
      )
      : try tokenLines(of: tenant, from: first, through: last)
    return perSeat(.seats, "Seats", Cents(pricing.seatCents)) + tokens
  }

  /// How many seats are charged for the same days, most days first.
  private func seatsByDays(
    of tenant: String,
    from first: CalendarDay,
    through last: CalendarDay
  ) throws -> [(days: Int64, count: Int64)] {
    var counts: [Int64: Int64] = [:]
    for seat in try seats.seats(of: tenant) {
      let days = last.number - max(first, CalendarDay(seat)).number + 1
      if days > 0 { counts[days, default: 0] += 1 }
    }
    return counts.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
  }

  /// What the customer's own account paid is not the vendor's to charge.
  private func tokenLines(
    of tenant: String,
    from first: CalendarDay,
    through last: CalendarDay
  ) throws -> [Invoice.Line] {
    let totals = try usage.totals(of: tenant, from: first, through: last)
    return pricing.tokenPrices.flatMap { price -> [Invoice.Line] in
      let used = totals.filter { $0.payer == .vendor && $0.model == price.model }
      return [
        ("input", used.reduce(0) { $0 + $1.promptTokens }, price.inputNanoDollars),
        ("output", used.reduce(0) { $0 + $1.completionTokens }, price.outputNanoDollars),
      ].filter { $0.1 > 0 }.map { direction, tokens, perToken in
        Invoice.Line(
          kind: .tokens,
          item: "\(price.model), \(direction) tokens",
          quantity: Int64(tokens),
          cents: .tokens(Int64(tokens), at: perToken, markupPercent: pricing.markupPercent)
        )
      }
    }
  }
}
