package import Secrets

/// What the vendor and the provider state of costs: read by a customer's administrator when the
/// story is over. A vendor's statements are claims, compared with what was seen; never evidence.
extension Event {
  /// A row of the vendor's usage page.
  package struct UsageLine: Sendable, Codable, Equatable {
    package var tenant: String
    /// Whether the vendor says that its own account paid.
    package var isOnVendorAccount: Bool
    /// The run's key that the page's last four characters belong to; nil for the vendor's account,
    /// and for characters that belong to no key of the customer.
    package var key: Fingerprint?
    package var endpoint: String
    package var model: String
    package var calls: Int
    /// Calls that the vendor itemises as broken off before it heard of their usage.
    package var cutOffCalls: Int
    package var promptTokens: Int
    package var completionTokens: Int

    package init(
      tenant: String,
      isOnVendorAccount: Bool,
      key: Fingerprint?,
      endpoint: String,
      model: String,
      calls: Int,
      cutOffCalls: Int,
      promptTokens: Int,
      completionTokens: Int
    ) {
      self.tenant = tenant
      self.isOnVendorAccount = isOnVendorAccount
      self.key = key
      self.endpoint = endpoint
      self.model = model
      self.calls = calls
      self.cutOffCalls = cutOffCalls
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
    }
  }

  /// A line of one of the vendor's invoices, or its total.
  package struct InvoiceLine: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable {
      case seats
      case tokens
      /// Anything that is neither.
      case other
      case total
    }

    package var tenant: String
    /// The month, as `2026-01`.
    package var period: String
    /// False for the draft of a month that has not ended.
    package var isIssued: Bool
    package var kind: Kind
    package var item: String
    /// Seats, or tokens; of tokens that are charged for by the seat, seats.
    package var quantity: Int
    package var cents: Int

    package init(
      tenant: String,
      period: String,
      isIssued: Bool,
      kind: Kind,
      item: String,
      quantity: Int,
      cents: Int
    ) {
      self.tenant = tenant
      self.period = period
      self.isIssued = isIssued
      self.kind = kind
      self.item = item
      self.quantity = quantity
      self.cents = cents
    }
  }

  /// A sum of the provider's usage or cost API, as the key's owner reads it there.
  package struct ProviderReport: Sendable, Codable, Equatable {
    package enum Source: String, Sendable, Codable {
      case usage
      case costs
    }

    package var source: Source
    package var key: Fingerprint
    /// Of the usage API the kind, `completions` or `embeddings`; of the cost API the line.
    package var item: String
    package var calls: Int
    package var promptTokens: Int
    package var completionTokens: Int
    /// Billionths of a dollar; 0 in the usage API, which knows no money.
    package var nanoDollars: Int64

    package init(
      source: Source,
      key: Fingerprint,
      item: String,
      calls: Int = 0,
      promptTokens: Int = 0,
      completionTokens: Int = 0,
      nanoDollars: Int64 = 0
    ) {
      self.source = source
      self.key = key
      self.item = item
      self.calls = calls
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.nanoDollars = nanoDollars
    }
  }
}
