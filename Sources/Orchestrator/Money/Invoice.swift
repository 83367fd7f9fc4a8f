/// What a customer is charged for a calendar month.
package struct Invoice: Hashable, Codable, Sendable {
  package enum LineKind: String, Hashable, Codable, Sendable {
    case seats
    /// Tokens on the vendor's own account; a customer's own provider bills the others.
    case tokens
  }

  package struct Line: Hashable, Codable, Sendable {
    package var kind: LineKind
    package var item: String
    /// Seats, or tokens; of tokens that are charged for by the seat, seats.
    package var quantity: Int64
    package var cents: Cents
  }

  /// `acme-2026-01`.
  package var number: String
  package var tenant: String
  /// `2026-01`.
  package var period: String
  package var from: String
  package var through: String
  /// The day on which it fell due; nil for the draft of a month that has not ended.
  package var issuedOn: String?
  package var currency = "usd"
  package var lines: [Line]
  package var totalCents: Cents
}
