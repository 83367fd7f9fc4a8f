import Secrets
import Synchronization
import Worlds

/// What is kept of a call that has ended.
extension OpenAIMock {
  /// Books a call that has ended, and tells the observer.
  @Sendable
  func close(_ call: ObservedCall) {
    // Model lists cost nothing; a call that never got as far as an answer is not billed.
    let isBilled = call.status == 200 && call.promptTokens > 0
    if isBilled, let keyID = call.keyID, let projectID = call.projectID {
      let endpoint = Self.bookedEndpoint(call.endpoint)
      state.withLock {
        $0.totals.book(call, keyID: keyID, projectID: projectID, endpoint: endpoint)
      }
    }
    if let key = call.account {
      ledgerStore.book(row(of: call, key: key, isBilled: isBilled && call.projectID != nil))
    }
    if journal.capacity > 0 { journal.add(entry(of: call)) }
    report(call)
  }

  private func row(
    of call: ObservedCall,
    key: ProviderAccounts.Key,
    isBilled: Bool
  ) -> LedgerRow {
    // Names that no model has, and paths that lead nowhere, are left out: whoever makes them up
    // would fill the list of accounts.
    let snapshot = snapshot(of: call.model)
    return LedgerRow(
      account: LedgerRow.Account(
        organizationID: key.project.organizationID,
        projectID: key.project.id,
        keyID: key.id,
        fingerprint: key.fingerprint,
        userID: key.userID,
        endpoint: Self.bookedEndpoint(call.endpoint),
        model: snapshot == nil ? "" : call.model,
        snapshot: snapshot ?? ""
      ),
      order: call.order,
      requestID: call.requestID,
      arrivedAt: call.arrivedAt,
      authenticatedAt: call.authenticatedAt,
      endedAt: call.endedAt,
      status: call.status,
      errorCode: call.errorCode,
      outcome: call.outcome,
      isStreamed: call.streamed,
      isGrace: call.isGrace,
      isBilled: isBilled,
      promptTokens: call.promptTokens,
      cachedTokens: call.cachedTokens,
      completionTokens: call.completionTokens
    )
  }

  private static let endpoints: Set = [
    "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/models", "/v1/responses",
  ]

  private static func bookedEndpoint(_ path: String) -> String {
    if endpoints.contains(path) { return path }
    for parent in ["/v1/models", "/v1/responses"] where path.hasPrefix(parent + "/") {
      return parent + "/{id}"
    }
    return "other"
  }

  private func entry(of call: ObservedCall) -> JournalEntry {
    JournalEntry(
      order: call.order,
      requestID: call.requestID,
      method: call.method,
      path: call.endpoint,
      model: String(call.model.prefix(200)),
      status: call.status,
      errorCode: call.errorCode,
      outcome: call.outcome,
      fingerprint: call.fingerprint
        ?? call.presented.map { secret in
          state.withLock { $0.accounts.fingerprinter }.fingerprint(of: secret)
        },
      keyID: call.keyID,
      isGrace: call.isGrace,
      isStreamed: call.streamed,
      struckByFault: call.struckByFault,
      requestBytes: call.requestBytes,
      promptTokens: call.promptTokens,
      completionTokens: call.completionTokens,
      arrivedAt: call.arrivedAt,
      endedAt: call.endedAt
    )
  }
}
