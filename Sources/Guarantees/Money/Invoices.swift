import Evidence
import Worlds

/// A customer's invoices, worked out anew from what was seen and the vendor's price list, and
/// compared with what the vendor states: to the cent.
struct Invoices {
  let story: Story
  let terms: Facts.Terms
  let tenant: Facts.Tenant

  private let start: Day
  private let end: Day?
  /// For each person who wrote, the earliest and the latest day on which the seat can have begun;
  /// no latest for somebody who was never answered.
  private let seats: [(earliest: Day, latest: Day?)]

  /// Nil where nothing was stated, or the price list is not known.
  init?(_ story: Story, of tenant: Facts.Tenant) {
    guard let terms = story.facts.terms,
      story.invoiceLines.contains(where: { $0.of.tenant == tenant.id }),
      let started = story.vendorChanges.first(where: { $0.of == .started })
    else { return nil }
    self.story = story
    self.terms = terms
    self.tenant = tenant
    // Who subscribes from the beginning has no action of its own.
    let began = story.keys.actions.first {
      $0.of.tenant == tenant.id && $0.of.verb == .startSubscription && $0.of.succeeded
    }
    start = Day(began?.at ?? started.at)
    end =
      story.keys.actions.first {
        $0.of.tenant == tenant.id && $0.of.verb == .cancelSubscription && $0.of.succeeded
      }.map { Day($0.at) }
    seats = Self.seats(story, of: tenant.id)
  }

  private static func seats(
    _ story: Story,
    of tenant: String
  ) -> [(earliest: Day, latest: Day?)] {
    var days: [String: (earliest: Day, latest: Day?)] = [:]
    for message in story.messages
    where message.of.tenant == tenant && message.isGenuine
      && story.person(message.of.person) != nil
    {
      let day = Day(message.sentAt)
      let answered = story.answers(to: message).first.map { Day($0.at) }
      var seat = days[message.of.person] ?? (day, nil)
      seat.earliest = min(seat.earliest, day)
      if let answered { seat.latest = seat.latest.map { min($0, answered) } ?? answered }
      days[message.of.person] = seat
    }
    return days.keys.sorted().compactMap { days[$0] }
  }

  /// What speaks against the invoices.
  func addDifferences(to breaches: inout Breaches) {
    let lines = story.invoiceLines.filter { $0.of.tenant == tenant.id }
    let periods = Set(lines.map(\.of.period)).sorted()
    for period in periods {
      guard let month = Month(period) else { continue }
      let ofMonth = lines.filter { $0.of.period == period }
      compareSum(ofMonth, &breaches)
      compareSeats(ofMonth, month, &breaches)
      if let price = tenant.seatTokensCents {
        compareSeatTokens(ofMonth, month, at: price, &breaches)
      } else {
        compareTokens(ofMonth, month, &breaches)
      }
      for line in ofMonth where line.of.kind == .other {
        breaches.add(
          "The invoice \(period) for \(tenant.id) charges \(line.of.cents.inDollars) for "
            + "'\(line.of.item)', which stands in no price list.",
          events: [line.event],
          weight: Int64(line.of.cents)
        )
      }
    }
    addMissing(lines, &breaches)
  }

  /// Every month that has ended falls due.
  private func addMissing(
    _ lines: [Story.Occurrence<Event.InvoiceLine>],
    _ breaches: inout Breaches
  ) {
    guard let read = lines.first else { return }
    var month = Month(containing: start)
    while let due = month, due.last < Day(read.at), end.map({ due.first <= $0 }) ?? true {
      if !lines.contains(where: { $0.of.period == due.name && $0.of.isIssued }) {
        breaches.add(
          "No invoice \(due.name) for \(tenant.id) was issued, though the month had ended.",
          events: [read.event]
        )
      }
      month = due.next
    }
  }

  private func compareSum(
    _ lines: [Story.Occurrence<Event.InvoiceLine>],
    _ breaches: inout Breaches
  ) {
    guard let total = lines.first(where: { $0.of.kind == .total }) else { return }
    let sum = lines.filter { $0.of.kind != .total }.reduce(0) { $0 + $1.of.cents }
    guard sum != total.of.cents else { return }
    breaches.add(
      "The lines of the invoice \(total.of.period) for \(tenant.id) sum up to "
        + "\(sum.inDollars), and its total is \(total.of.cents.inDollars).",
      events: [total.event],
      weight: Int64(abs(sum - total.of.cents))
    )
  }

  private func chargedDays(_ month: Month) -> ClosedRange<Int64>? {
    let first = max(month.first.number, start.number + terms.trialDays)
    let last = min(month.last.number, end?.number ?? month.last.number)
    return first <= last ? first...last : nil
  }

  private func compareSeats(
    _ lines: [Story.Occurrence<Event.InvoiceLine>],
    _ month: Month,
    _ breaches: inout Breaches
  ) {
    let due = chargedForSeats(month, at: terms.seatCents)
    let stated = lines.filter { $0.of.kind == .seats }
    let cents = stated.reduce(0) { $0 + $1.of.cents }
    guard !due.contains(Int64(cents)) else { return }
    breaches.add(
      "The invoice \(month.name) for \(tenant.id) charges \(cents.inDollars) for seats; by the "
        + "price list and the people who wrote it is \(Int(due.upperBound).inDollars).",
      events: stated.isEmpty ? lines.prefix(1).map(\.event) : stated.map(\.event),
      weight: abs(Int64(cents) - due.upperBound)
    )
  }

  /// Tokens that are charged for by the seat cost as much as the seats, however many were used.
  private func compareSeatTokens(
    _ lines: [Story.Occurrence<Event.InvoiceLine>],
    _ month: Month,
    at listCents: Int64,
    _ breaches: inout Breaches
  ) {
    let perMonth = roundedQuotient(listCents * (100 + terms.markupPercent), by: 100)
    let due = chargedForSeats(month, at: perMonth)
    let stated = lines.filter { $0.of.kind == .tokens }
    let cents = stated.reduce(0) { $0 + $1.of.cents }
    guard !due.contains(Int64(cents)) else { return }
    breaches.add(
      "The invoice \(month.name) for \(tenant.id) charges \(cents.inDollars) for tokens by the "
        + "seat; by the price list, the markup and the people who wrote it is "
        + "\(Int(due.upperBound).inDollars).",
      events: stated.isEmpty ? lines.prefix(1).map(\.event) : stated.map(\.event),
      weight: abs(Int64(cents) - due.upperBound)
    )
  }

  /// The least and the most that a monthly price for each seat comes to.
  private func chargedForSeats(_ month: Month, at monthly: Int64) -> ClosedRange<Int64> {
    guard let charged = chargedDays(month) else { return 0...0 }
    func price(_ from: Day) -> Int64 {
      let days = charged.upperBound - max(charged.lowerBound, from.number) + 1
      return days > 0 ? roundedQuotient(monthly * days, by: month.days) : 0
    }
    let most = seats.reduce(0) { $0 + price($1.earliest) }
    let least = seats.reduce(0) { $0 + ($1.latest.map(price) ?? 0) }
    return least...most
  }

  /// What a model used on the vendor's account on the days that are charged, and the event of the
  /// first such call.
  private func tokens(of model: String, _ month: Month) -> (seen: TokenSums, first: Int?) {
    let charged = chargedDays(month)
    var seen = TokenSums()
    var first: Int?
    for index in story.calls.indices
    where story.calls[index].of.model == model && story.calls[index].costsTokens
      && story.isOnVendorAccount(story.calls[index], for: tenant.id)
      && charged?.contains(Day(story.calls[index].at).number) == true
    {
      seen.add(story.calls[index], story)
      first = first ?? story.calls[index].event
    }
    return (seen, first)
  }

  private func compareTokens(
    _ lines: [Story.Occurrence<Event.InvoiceLine>],
    _ month: Month,
    _ breaches: inout Breaches
  ) {
    let stated = lines.filter { $0.of.kind == .tokens }
    var known: Set<String> = []
    for price in terms.tokenPrices {
      let (seen, first) = tokens(of: price.model, month)
      let kinds = [
        ("input", seen.prompt, price.input), ("output", seen.completion, price.output),
      ]
      for (direction, tokens, perToken) in kinds {
        let item = "\(price.model), \(direction) tokens"
        known.insert(item)
        let ofItem = stated.filter { $0.of.item == item }
        let quantity = ofItem.reduce(0) { $0 + $1.of.quantity }
        let cents = ofItem.reduce(0) { $0 + $1.of.cents }
        let due = roundedQuotient(
          Int64(quantity) * perToken * (100 + terms.markupPercent),
          by: 100 * 10_000_000
        )
        guard !tokens.contains(quantity) || Int64(cents) != due else { continue }
        breaches.add(
          "The invoice \(month.name) for \(tenant.id) charges \(cents.inDollars) for "
            + "\(quantity) \(direction) tokens of \(price.model); \(tokens.upperBound) were seen "
            + "on the vendor's account, and \(quantity) cost \(Int(due).inDollars) with the stated "
            + "markup.",
          events: ofItem.map(\.event) + (first.map { [$0] } ?? []),
          weight: abs(Int64(cents) - due) + 1
        )
      }
    }
    for line in stated where !known.contains(line.of.item) {
      breaches.add(
        "The invoice \(month.name) for \(tenant.id) charges \(line.of.cents.inDollars) for "
          + "'\(line.of.item)', which stands in no price list.",
        events: [line.event],
        weight: Int64(line.of.cents)
      )
    }
  }
}

/// Half a unit rounded up; neither may be negative.
private func roundedQuotient(_ dividend: Int64, by divisor: Int64) -> Int64 {
  (2 * dividend + divisor) / (2 * divisor)
}

extension Int {
  /// Cents as `$12.05`.
  var inDollars: String {
    let cents = String(abs(self) % 100)
    let text = "$\(abs(self) / 100).\(cents.utf8.count == 1 ? "0" + cents : cents)"
    return self < 0 ? "-" + text : text
  }
}
