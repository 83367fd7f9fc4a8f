extension Facts {
  /// What a vendor claims to be towards a customer: the models of the guide.
  package enum Deployment: String, Sendable, Codable, CaseIterable {
    /// The customer's key for everything.
    case pure
    /// The customer's key for the model, the vendor's account for embeddings.
    case hybrid
    /// The vendor's account for everything.
    case hosted
    /// Everything in the customer's network.
    case selfHosted = "self-hosted"
  }

  /// What a customer wants while its provider does not take its key.
  package struct RejectedKey: Sendable, Codable, Equatable {
    /// How long a message may wait for the next key; nil where each is refused at once.
    package var waitSeconds: Int?
    /// The person who is to get a chat message about it.
    package var tells: String?

    package init(waitSeconds: Int? = nil, tells: String? = nil) {
      self.waitSeconds = waitSeconds
      self.tells = tells
    }
  }

  /// Whose network a host stands in.
  package enum Zone: String, Sendable, Codable, CaseIterable {
    case customer
    case vendor
    case chatPlatform = "chat-platform"
    case provider
    case elsewhere
  }

  /// What the vendor's price list says.
  package struct Terms: Sendable, Codable, Equatable {
    package var seatCents: Int64
    package var trialDays: Int64
    /// What a token on the vendor's account costs above its list price.
    package var markupPercent: Int64
    package var tokenPrices: [TokenPrice]

    package init(
      seatCents: Int64,
      trialDays: Int64,
      markupPercent: Int64,
      tokenPrices: [TokenPrice]
    ) {
      self.seatCents = seatCents
      self.trialDays = trialDays
      self.markupPercent = markupPercent
      self.tokenPrices = tokenPrices
    }
  }

  /// The provider's list price, in billionths of a dollar for a token.
  package struct TokenPrice: Sendable, Codable, Equatable {
    package var model: String
    package var input: Int64
    package var output: Int64

    package init(model: String, input: Int64, output: Int64) {
      self.model = model
      self.input = input
      self.output = output
    }
  }
}

extension Facts.Host.Role {
  /// Where a host of this role stands where nothing else is said.
  package var zone: Facts.Zone {
    switch self {
    case .vendor, .secretManager: .vendor
    case .provider: .provider
    case .chatPlatform, .directory: .chatPlatform
    case .stranger: .elsewhere
    }
  }
}
