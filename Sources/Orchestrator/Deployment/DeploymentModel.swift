/// Whose keys a customer's model calls run on, and where: the one word of a customer's
/// configuration that chooses between the ways in which the product is sold.
package enum DeploymentModel: String, Codable, Sendable, CaseIterable {
  /// The customer's own key for everything.
  case pure
  /// The customer's key for the model, the vendor's account for embeddings.
  case hybrid
  /// The vendor's account for everything, as long as the customer subscribes.
  case hosted
  /// Everything in the customer's network, at its own OpenAI-compatible model server.
  case selfHosted = "self-hosted"

  /// Who pays for a call.
  package enum Payer: String, Codable, Sendable {
    case customer
    case vendor
  }

  /// What a model is called for.
  package enum Use: Sendable {
    case completion
    case embedding
  }

  package func payer(of use: Use) -> Payer {
    switch (self, use) {
    case (.pure, _), (.selfHosted, _), (.hybrid, .completion): .customer
    case (.hosted, _), (.hybrid, .embedding): .vendor
    }
  }

  /// Whether an administrator has a key to install.
  var takesKeys: Bool { self != .hosted }

  var needsVendorAccount: Bool { payer(of: .embedding) == .vendor }
}
