import Synchronization
import Worlds

/// What is kept of a call that has ended.
extension OpenAIMock {
  /// Books a call that has ended, and tells the observer.
  @Sendable
  func close(_ call: ObservedCall) {
    let endpoint = Self.bookedEndpoint(call.endpoint)
    if call.isBillable, let keyID = call.keyID, let projectID = call.projectID {
      state.withLock {
        $0.totals.book(call, keyID: keyID, projectID: projectID, endpoint: endpoint)
      }
    }
    if let key = call.account {
      ledgerStore.book(
        LedgerRow(
          call,
          of: key,
          endpoint: endpoint,
          snapshot: snapshot(of: call.model),
          isBilled: call.isBillable && call.projectID != nil
        )
      )
    }
    if journal.capacity > 0 { journal.add(JournalEntry(call, fingerprinter)) }
    report(call)
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
}
