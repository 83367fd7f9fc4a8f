package import Secrets
package import Worlds

/// One call of a key that was issued here: what it asked for, how it was answered, and what was
/// booked for it. Never the key itself, and nothing of what was said.
package struct LedgerRow: Sendable, Equatable {
  /// Whose call it was. Calls of one account are many, so stores keep it once.
  package struct Account: Sendable, Hashable {
    package var organizationID: String
    package var projectID: String
    package var keyID: String
    package var fingerprint: Fingerprint
    /// Empty for the key of a service account.
    package var userID: String
    package var endpoint: String
    /// As the request named it.
    package var model: String
    /// As the books name it: the dated version.
    package var snapshot: String
  }

  /// The place in the ledger, from 1; given by the store.
  package var sequence = 0
  package var account: Account
  /// The place of the call's authentication among all requests of this provider.
  package var order: Int
  package var requestID: String
  package var arrivedAt: Timestamp
  package var authenticatedAt: Timestamp
  /// When it was booked; usage and costs go by this.
  package var endedAt: Timestamp
  /// 0 when the client had gone before there was a status.
  package var status: Int
  package var errorCode: String?
  package var outcome: ObservedCall.Outcome
  package var isStreamed: Bool
  /// The key had ended, and was taken because its end had not reached everybody.
  package var isGrace: Bool
  /// Counts in usage and costs.
  package var isBilled: Bool
  package var promptTokens: Int
  /// The part of the prompt that is billed as cached.
  package var cachedTokens: Int
  package var completionTokens: Int
}
