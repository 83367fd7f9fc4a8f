/// How a mock OpenAI differs from its defaults, apart from what it answers.
package struct OpenAIMockSettings: Sendable {
  package var revocation = RevocationPropagation.immediate
  /// What a key gets that lacks a scope: 403, or 401 as some reports have it.
  package var missingScopeStatus = 403
  /// Whether the administration API deletes single keys of service accounts; the August 2026
  /// specification refuses it, the November client library allows it.
  package var deletesServiceAccountKeys = true
  /// Requests that the journal remembers; 0 for none.
  package var journalCapacity = 0
  package var books = BookSettings()

  package init() {}
}

/// How usage and costs are stated.
package struct BookSettings: Sendable {
  /// How costs are written: both forms have been seen of the real provider.
  package enum AmountForm: String, Sendable, Codable, CaseIterable {
    case number
    case string
  }

  package var prices = PriceTable.standard
  package var amounts = AmountForm.number
  /// Calls show in usage and in costs so long after they were booked.
  package var usageDelay = Duration.zero
  package var costsDelay = Duration.zero

  package init() {}
}
