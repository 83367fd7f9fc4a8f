package import Wire
package import Worlds

/// On whose account and for what a model is called.
package struct ModelCall: Sendable {
  package var tenant: String
  /// What the call is for: names its randomness, so that no other call moves its waits.
  package var exchange: String
  /// No repeat begins after this moment.
  package var deadline: Timestamp

  package init(tenant: String, exchange: String, deadline: Timestamp) {
    self.tenant = tenant
    self.exchange = exchange
    self.deadline = deadline
  }
}

/// The provider's models, called with the customer's key, which is opened at the moment of a call.
package protocol LanguageModel: Sendable {
  /// One vector of length 1 for each text, in order.
  ///
  /// - Throws: `ModelFailure`.
  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]]

  /// The whole completion; it arrives as a stream.
  ///
  /// - Throws: `ModelFailure`.
  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String

  /// As `complete`, and tells the text so far as it grows. It begins anew where the call is
  /// repeated.
  ///
  /// - Throws: `ModelFailure`.
  func complete(
    _ messages: [ChatMessage],
    for call: ModelCall,
    telling progress: @escaping @Sendable (String) -> Void
  ) async throws -> String

  /// Asks the provider whether it takes this key, which is not installed (yet), and has the models
  /// where the credential says.
  ///
  /// - Throws: `ModelFailure`.
  func check(_ candidate: ModelCredential, for call: ModelCall) async throws

  /// Tries the installed key with the smallest call that there is, to hear whether the provider
  /// takes it again.
  ///
  /// - Throws: `ModelFailure`.
  func probe(for call: ModelCall) async throws
}

extension LanguageModel {
  /// Tells of nothing before all is there.
  package func complete(
    _ messages: [ChatMessage],
    for call: ModelCall,
    telling progress: @escaping @Sendable (String) -> Void
  ) async throws -> String {
    try await complete(messages, for: call)
  }

  package func probe(for call: ModelCall) async throws {
    _ = try await embed(["key"], for: call)
  }
}

/// Why the model gave no answer.
package enum ModelFailure: Error, Equatable {
  /// The customer has no key installed.
  case noKey
  /// The customer's key could not be fetched from where it is kept.
  case keyUnavailable
  /// The provider does not take the customer's key, or did not a moment ago.
  case keyRejected
  /// The customer has no subscription to the vendor's own account.
  case notSubscribed
  /// The customer's account at the provider has no credit left.
  case quotaExhausted
  /// The provider could not be reached or failed, repeats included.
  case unavailable
  /// The provider's content filter stopped the prompt.
  case contentFiltered
  /// The provider refused the request itself.
  case requestRefused(status: Int)
  /// The deployment for embeddings has another model than the one that the index is made with.
  case otherModel
}
