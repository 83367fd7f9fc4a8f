import Secrets
import Worlds

extension LedgerRow {
  /// The row of a call of an issued key.
  ///
  /// - Parameters:
  ///   - endpoint: one of a bounded set of names, whatever the path was.
  ///   - snapshot: the dated name of the model; nil for a model that there is not. Names that no
  ///     model has are left out: whoever makes them up would fill the list of accounts.
  init(
    _ call: ObservedCall,
    of key: ProviderAccounts.Key,
    endpoint: String,
    snapshot: String?,
    isBilled: Bool
  ) {
    self.init(
      account: Account(
        organizationID: key.project.organizationID,
        projectID: key.project.id,
        keyID: key.id,
        fingerprint: key.fingerprint,
        userID: key.userID,
        endpoint: endpoint,
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
}

extension ObservedCall {
  /// Model lists cost nothing; a call that never got as far as an answer is not billed.
  var isBillable: Bool { status == 200 && promptTokens > 0 }
}

extension JournalEntry {
  /// - Parameter fingerprinter: names a credential that was never issued here.
  init(_ call: ObservedCall, _ fingerprinter: Fingerprinter) {
    self.init(
      order: call.order,
      requestID: call.requestID,
      method: call.method,
      path: call.endpoint,
      model: String(call.model.prefix(200)),
      status: call.status,
      errorCode: call.errorCode,
      outcome: call.outcome,
      fingerprint: call.fingerprint ?? call.presented.map(fingerprinter.fingerprint),
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
