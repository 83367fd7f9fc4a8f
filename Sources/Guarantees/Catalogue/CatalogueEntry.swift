/// One promise or limit of the design with all that a buyer or an auditor asks about it. Scenarios
/// and rogues name the promises themselves, so they are not listed here a second time.
package struct CatalogueEntry: Sendable {
  package enum Kind: String, Sendable, Codable {
    case promise
    /// What bringing a key does not give: shown, never hidden.
    case limit
  }

  package var id: String
  package var kind: Kind
  package var statement: String
  /// The guide's own words that it comes from.
  package var source: String
  /// For the buyer: of a promise, what breaks when it fails; of a limit, what follows from it.
  package var meaning: String
  /// Which deployment models make the promise, or have the limit.
  package var claims: Claims
  /// How much, how long and how often a promise allows.
  package var bounds: [String] = []
  /// What a story must do before anything can be said.
  package var exercised: String
  /// The file of the checker, as `Guarantees/Name.swift`; nil for a limit, which nobody breaks.
  package var checker: String?
  package var supports: [ControlSupport]

  /// A promise: what its checker says of it is not said again.
  init(_ guarantee: Guarantee, exercised: String, supports: [ControlSupport]) {
    id = guarantee.id
    kind = .promise
    statement = guarantee.statement
    source = guarantee.source
    meaning = guarantee.consequence
    claims = guarantee.claims
    bounds = guarantee.bounds
    checker = guarantee.checker
    self.exercised = exercised
    self.supports = supports
  }

  init(
    limit id: String,
    statement: String,
    source: String,
    meaning: String,
    claims: Claims,
    exercised: String,
    supports: [ControlSupport]
  ) {
    self.id = id
    kind = .limit
    self.statement = statement
    self.source = source
    self.meaning = meaning
    self.claims = claims
    self.exercised = exercised
    self.supports = supports
  }
}
