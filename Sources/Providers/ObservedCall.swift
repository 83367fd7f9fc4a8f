package import Secrets
package import Worlds

/// One request as the provider saw it, reported once, at its end.
package struct ObservedCall: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    /// Answered in full: the last byte was handed to the network.
    case completed
    /// The client, the network or a fault broke it off; its usage was never sent.
    case cutOff
    /// Answered with a status other than 200.
    case refused
  }

  /// The place of its authentication among all requests of this provider, refused ones included,
  /// from 1.
  package var order: Int
  package var host: String
  package var method: String
  /// The path, without its query, cut at 200 characters.
  package var endpoint: String
  /// As the request named it; empty when it named none.
  package var model: String
  /// What stood in the `Authorization` header; nil without a bearer credential.
  package var presented: Secret?
  /// The key that was presented, if it was ever issued here, deleted since or not.
  package var keyID: String?
  /// A name for what was presented that tells nothing about it; nil where nobody asks for it.
  package var fingerprint: Fingerprint?
  /// The key had ended, and was taken because its end had not reached everybody yet.
  package var isGrace = false
  /// What the call is billed to; nil when the key was not valid.
  package var projectID: String?
  /// The project key that was presented, valid or not: whose row of the ledger this is.
  var account: ProviderAccounts.Key?
  /// As the response carried it; empty when none went out.
  package var requestID = ""
  package var arrivedAt: Timestamp
  package var authenticatedAt: Timestamp
  package var endedAt: Timestamp
  /// Of a call that was cut off before its head went out: the status that it was about to get,
  /// or 0 when its body never arrived.
  package var status: Int
  package var errorCode: String?
  package var outcome: Outcome
  /// What was booked. Of a call that was cut off: the prompt and what was sent of the answer.
  package var promptTokens: Int
  /// The part of the prompt that is billed as cached.
  package var cachedTokens = 0
  package var completionTokens: Int
  package var streamed: Bool
  /// All message contents, or all embedding inputs, joined by line feeds. Known of refused calls
  /// too, as far as their body could be read.
  package var prompt: String
  /// The marker in the answer that was, or would have been, given.
  package var completionMarker: String?
  /// The delays that the mock added by its model's speed.
  package var upstreamDelay: Duration
  /// Of the head and the body, without the credential headers.
  package var requestBytes: Int
  /// A `ProviderFault` decided how this call ended.
  package var struckByFault: Bool
}
