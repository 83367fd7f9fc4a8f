import Secrets
import Wire
import Worlds

extension ObservedCall.Outcome {
  /// As JSON has it.
  var word: String {
    self == .cutOff ? "cut_off" : rawValue
  }
}

extension LedgerRow {
  var body: JSONBody {
    [
      "sequence": .integer(sequence), "order": .integer(order),
      "request_id": .string(requestID), "key_id": .string(account.keyID),
      "fingerprint": .string(account.fingerprint.description),
      "project_id": .string(account.projectID),
      "organization_id": .string(account.organizationID),
      "endpoint": .string(account.endpoint), "model": .string(account.snapshot),
      "requested_model": .string(account.model),
      "status": .integer(status), "error": .optional(errorCode),
      "outcome": .string(outcome.word), "streamed": .bool(isStreamed), "grace": .bool(isGrace),
      "billed": .bool(isBilled), "input_tokens": .integer(promptTokens),
      "cached_tokens": .integer(cachedTokens), "output_tokens": .integer(completionTokens),
      "arrived_at": .moment(arrivedAt), "authenticated_at": .moment(authenticatedAt),
      "ended_at": .moment(endedAt),
    ]
  }
}

extension JournalEntry {
  var body: JSONBody {
    [
      "sequence": .integer(sequence), "order": .integer(order), "request_id": .string(requestID),
      "method": .string(method), "path": .string(path), "model": .string(model),
      "status": .integer(status), "error": .optional(errorCode),
      "outcome": .string(outcome.word), "fingerprint": .optional(fingerprint?.description),
      "key_id": .optional(keyID), "grace": .bool(isGrace), "streamed": .bool(isStreamed),
      "fault": .bool(struckByFault), "request_bytes": .integer(requestBytes),
      "input_tokens": .integer(promptTokens), "output_tokens": .integer(completionTokens),
      "arrived_at": .moment(arrivedAt), "ended_at": .moment(endedAt),
    ]
  }
}

extension JSONBody {
  /// `next_after` is what the next question gives as `after`.
  static func page(_ entries: [(Int, JSONBody)], hasMore: Bool) -> JSONBody {
    [
      "data": .array(entries.map(\.1)), "has_more": .bool(hasMore),
      "next_after": .optional(entries.last?.0),
    ]
  }
}
