/// What the tokens of a model cost.
package struct ModelPrice: Sendable, Equatable {
  package var model: String
  /// For a token; cached and output only where the model has them.
  package var input: NanoDollars
  package var cachedInput: NanoDollars
  package var output: NanoDollars

  /// What a million tokens may cost at most: a hundred times any price there is, and so little that
  /// sums over nine hundred billion tokens are exact.
  package static let mostDollarsPerMillion: Int64 = 10_000

  /// - Parameters: dollars for a million tokens, 10,000 at most, with at most three places: finer
  ///   prices than a billionth of a dollar for a token cannot be summed exactly here.
  /// - Returns: nil for anything else.
  package init?(model: String, input: String, cachedInput: String? = nil, output: String? = nil) {
    guard let input = Self.perToken(input),
      let cachedInput = Self.perToken(cachedInput) ?? (cachedInput == nil ? input : nil),
      let output = Self.perToken(output) ?? (output == nil ? NanoDollars(0) : nil)
    else { return nil }
    self.model = model
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
  }

  private static func perToken(_ dollarsPerMillion: String?) -> NanoDollars? {
    guard let text = dollarsPerMillion, let million = NanoDollars(dollars: text),
      million.count.isMultiple(of: 1_000_000),
      million.count <= mostDollarsPerMillion * 1_000_000_000
    else { return nil }
    return NanoDollars(million.count / 1_000_000)
  }
}

/// Prices by model: dated data, not a rule. Prices change.
package struct PriceTable: Sendable, Equatable {
  package var source: String
  /// The day on which the source said so.
  package var date: String
  private var prices: [String: ModelPrice]

  package init(source: String, date: String, prices: [ModelPrice]) {
    self.source = source
    self.date = date
    self.prices = Dictionary(prices.map { ($0.model, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// By the model's own name, or that of which it is a dated version; nil without a price.
  package func price(of model: String) -> ModelPrice? {
    if let price = prices[model] { return price }
    // `gpt-4o-2024-08-06` and `text-embedding-ada-002-v2` are versions of what stands before.
    var name = Substring(model)
    while let dash = name.lastIndex(of: "-") {
      name = name[..<dash]
      let version = model[model.index(after: dash)...]
      guard version.allSatisfy({ $0.isNumber || $0 == "-" || $0 == "v" }) else { return nil }
      if let price = prices[String(name)] { return price }
    }
    return nil
  }

  package mutating func set(_ price: ModelPrice) {
    prices[price.model] = price
  }

  package var sorted: [ModelPrice] { prices.values.sorted { $0.model < $1.model } }
}

extension PriceTable {
  /// List prices of OpenAI.
  package static let standard = PriceTable(
    source: "the price map of litellm 1.109.1, which cites OpenAI's price page",
    date: "2026-11-23",
    prices: [
      ModelPrice(model: "gpt-4o", input: "2.50", cachedInput: "1.25", output: "10.00"),
      ModelPrice(model: "gpt-4o-2024-05-13", input: "5.00", output: "15.00"),
      ModelPrice(model: "gpt-4o-mini", input: "0.15", cachedInput: "0.075", output: "0.60"),
      ModelPrice(model: "gpt-4.1", input: "2.00", cachedInput: "0.50", output: "8.00"),
      ModelPrice(model: "gpt-4.1-mini", input: "0.40", cachedInput: "0.10", output: "1.60"),
      ModelPrice(model: "gpt-4.1-nano", input: "0.10", cachedInput: "0.025", output: "0.40"),
      ModelPrice(model: "gpt-5", input: "1.25", cachedInput: "0.125", output: "10.00"),
      ModelPrice(model: "gpt-5.1", input: "1.25", cachedInput: "0.125", output: "10.00"),
      ModelPrice(model: "gpt-5-mini", input: "0.25", cachedInput: "0.025", output: "2.00"),
      ModelPrice(model: "gpt-5-nano", input: "0.05", cachedInput: "0.005", output: "0.40"),
      ModelPrice(model: "gpt-5.2", input: "1.75", cachedInput: "0.175", output: "14.00"),
      ModelPrice(model: "gpt-5.4", input: "2.50", cachedInput: "0.25", output: "15.00"),
      ModelPrice(model: "gpt-5.4-mini", input: "0.75", cachedInput: "0.075", output: "4.50"),
      ModelPrice(model: "gpt-5.4-nano", input: "0.20", cachedInput: "0.02", output: "1.25"),
      ModelPrice(model: "gpt-5.5", input: "5.00", cachedInput: "0.50", output: "30.00"),
      ModelPrice(model: "text-embedding-3-small", input: "0.02"),
      ModelPrice(model: "text-embedding-3-large", input: "0.13"),
      ModelPrice(model: "text-embedding-ada-002", input: "0.10"),
    ].compactMap { $0 }
  )

  /// List prices of Azure OpenAI: OpenAI's, but for two embedding models.
  package static let azure: PriceTable = {
    var table = standard
    table.source = "the price map of litellm 1.109.1, which cites Azure's price pages"
    let own = [
      ModelPrice(model: "text-embedding-3-small", input: "0.022"),
      ModelPrice(model: "text-embedding-3-large", input: "0.143"),
    ]
    for price in own.compactMap({ $0 }) { table.set(price) }
    return table
  }()
}
