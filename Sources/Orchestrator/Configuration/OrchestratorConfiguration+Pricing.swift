extension OrchestratorConfiguration {
  /// The price list. Whole cents and whole billionths of a dollar: money is never a fraction here.
  package struct Pricing: Codable, Hashable, Sendable {
    /// For a seat and a whole month.
    package var seatCents: Int64 = 500
    /// From the day of the subscription on, that day included.
    package var trialDays: Int64 = 14
    /// What a token on the vendor's own account costs above its list price.
    package var markupPercent: Int64 = 20
    /// What a seat's tokens cost in a whole month at list prices, as the vendor reckons it: the
    /// base of the markup where a customer is charged by the seat.
    package var seatTokensCents: Int64 = 250
    package var tokenPrices = [
      TokenPrice(model: "gpt-4o-mini", inputNanoDollars: 150, outputNanoDollars: 600),
      TokenPrice(model: "text-embedding-3-small", inputNanoDollars: 20, outputNanoDollars: 0),
    ]

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&seatCents, .seatCents)
      try container.read(&trialDays, .trialDays)
      try container.read(&markupPercent, .markupPercent)
      try container.read(&seatTokensCents, .seatTokensCents)
      try container.read(&tokenPrices, .tokenPrices)
    }
  }

  /// What a fully hosted customer is charged for tokens by, each at the markup.
  package enum TokenCharge: String, Codable, Sendable {
    /// What was used, token by token.
    case usage
    /// The people who have a seat, however much they ask.
    case seat
  }

  /// The provider's list price of a model's token, as of 23 November 2026.
  package struct TokenPrice: Codable, Hashable, Sendable {
    package var model: String
    package var inputNanoDollars: Int64
    package var outputNanoDollars: Int64

    package init(model: String, inputNanoDollars: Int64, outputNanoDollars: Int64) {
      self.model = model
      self.inputNanoDollars = inputNanoDollars
      self.outputNanoDollars = outputNanoDollars
    }
  }
}
