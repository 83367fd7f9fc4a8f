package import Secrets
package import Worlds

/// Who holds a key.
package enum KeyOwner: Sendable, Equatable, Hashable {
  case tenant(String)
  case vendor
}

extension Event {
  /// All that evidence knows of a key.
  package typealias Key = Fingerprint

  package struct KeyCreated: Sendable, Codable, Equatable {
    package var key: Fingerprint
    /// The name that the story gives it, for instance `acme/first`.
    package var name: String
    package var owner: KeyOwner
    package var providerHost: String

    package init(key: Fingerprint, name: String, owner: KeyOwner, providerHost: String) {
      self.key = key
      self.name = name
      self.owner = owner
      self.providerHost = providerHost
    }
  }

  package struct KeyEnded: Sendable, Codable, Equatable {
    package var key: Fingerprint
    /// Calls with an `order` above this were authenticated after the end: the provider's own order.
    package var afterOrder: Int
    /// Until when some of the provider's machines had not heard of the end; nil where all heard at
    /// once.
    package var spreadUntil: Timestamp?

    package init(key: Fingerprint, afterOrder: Int, spreadUntil: Timestamp? = nil) {
      self.key = key
      self.afterOrder = afterOrder
      self.spreadUntil = spreadUntil
    }
  }

  package struct AdminAction: Sendable, Codable, Equatable {
    package enum Verb: String, Sendable, Codable {
      case installKey
      /// Hands over a further key of the customer's, for when the provider ends the first.
      case installStandby
      case checkKey
      case removeKey
      case uploadDocument
      case removeDocument
      case startSubscription
      case cancelSubscription
    }

    package var tenant: String
    package var verb: Verb
    package var key: Fingerprint?
    /// The host of the provider to which the administrator sends the key; nil where the action
    /// names none.
    package var providerHost: String?
    /// When the request was sent; the event's own time is when it was answered.
    package var submittedAt: Timestamp
    /// The HTTP status that the admin API answered; 0 when no answer came.
    package var status: Int
    /// The last order number that a provider had given when the answer arrived.
    package var afterOrder: Int

    package var succeeded: Bool { (200..<300).contains(status) }

    package init(
      tenant: String,
      verb: Verb,
      key: Fingerprint?,
      providerHost: String? = nil,
      submittedAt: Timestamp,
      status: Int,
      afterOrder: Int
    ) {
      self.tenant = tenant
      self.verb = verb
      self.key = key
      self.providerHost = providerHost
      self.submittedAt = submittedAt
      self.status = status
      self.afterOrder = afterOrder
    }
  }

  package struct ProviderCall: Sendable, Codable, Equatable {
    package enum Outcome: String, Sendable, Codable {
      case completed
      /// The client or the network broke it off before its end; its usage was never sent.
      case cutOff
      case refused
    }

    /// The number of the call in the order of authentication, over all providers, from 1.
    package var order: Int
    package var host: String
    package var endpoint: String
    package var model: String
    /// The key that was presented; nil when none was. Known or not: a fingerprint tells.
    package var key: Fingerprint?
    /// What the provider's ledger attributes the call to; nil when the key was not valid.
    package var project: String?
    package var arrivedAt: Timestamp
    package var authenticatedAt: Timestamp
    package var status: Int
    package var errorCode: String?
    package var outcome: Outcome
    package var promptTokens: Int
    package var completionTokens: Int
    package var streamed: Bool
    /// What was found in the prompt or the embedded text: canary ids.
    package var promptCanaries: [String]
    /// The canary that the model put into its answer.
    package var completionCanary: String?

    package var succeeded: Bool { status == 200 }

    package init(
      order: Int,
      host: String,
      endpoint: String,
      model: String,
      key: Fingerprint?,
      project: String?,
      arrivedAt: Timestamp,
      authenticatedAt: Timestamp,
      status: Int,
      errorCode: String? = nil,
      outcome: Outcome,
      promptTokens: Int = 0,
      completionTokens: Int = 0,
      streamed: Bool = false,
      promptCanaries: [String] = [],
      completionCanary: String? = nil
    ) {
      self.order = order
      self.host = host
      self.endpoint = endpoint
      self.model = model
      self.key = key
      self.project = project
      self.arrivedAt = arrivedAt
      self.authenticatedAt = authenticatedAt
      self.status = status
      self.errorCode = errorCode
      self.outcome = outcome
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.streamed = streamed
      self.promptCanaries = promptCanaries
      self.completionCanary = completionCanary
    }
  }

  /// A row of the provider's own books at the end of the story, to be reconciled with the calls
  /// that were observed.
  package struct LedgerRow: Sendable, Codable, Equatable {
    package var key: Fingerprint
    package var project: String
    package var endpoint: String
    package var model: String
    /// All that was booked, calls that were cut off included.
    package var calls: Int
    package var promptTokens: Int
    package var completionTokens: Int
    /// The part of the above that belongs to calls cut off before their usage was sent; nil where
    /// the provider's books do not tell them apart.
    package var cutOff: CutOff?

    package struct CutOff: Sendable, Codable, Equatable {
      package var calls: Int
      package var promptTokens: Int
      package var completionTokens: Int

      package init(calls: Int, promptTokens: Int, completionTokens: Int) {
        self.calls = calls
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
      }
    }

    package init(
      key: Fingerprint,
      project: String,
      endpoint: String,
      model: String,
      calls: Int,
      promptTokens: Int,
      completionTokens: Int,
      cutOff: CutOff? = nil
    ) {
      self.key = key
      self.project = project
      self.endpoint = endpoint
      self.model = model
      self.calls = calls
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.cutOff = cutOff
    }
  }
}
