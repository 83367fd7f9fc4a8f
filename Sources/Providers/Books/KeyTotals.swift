/// A sum in the provider's books: what one key used of one model at one endpoint.
package struct LedgerEntry: Sendable, Hashable {
  package var keyID: String
  package var projectID: String
  package var endpoint: String
  package var model: String
  /// All calls that were booked, those that were cut off included.
  package var calls = 0
  package var promptTokens = 0
  package var completionTokens = 0
  /// The part of the above that belongs to calls cut off before their usage was sent.
  package var cutOffCalls = 0
  package var cutOffPromptTokens = 0
  package var cutOffCompletionTokens = 0

  package init(keyID: String, projectID: String, endpoint: String, model: String) {
    self.keyID = keyID
    self.projectID = projectID
    self.endpoint = endpoint
    self.model = model
  }
}

/// What each key used of each model, summed as the calls end: the harness reads it at the end of a
/// story.
struct KeyTotals: Sendable {
  private struct Account: Hashable {
    var keyID: String
    var projectID: String
    var endpoint: String
    var model: String
  }

  private var entries: [Account: LedgerEntry] = [:]

  /// - Parameter endpoint: one of a bounded set of names, whatever the path was: each has a row.
  mutating func book(
    _ call: ObservedCall,
    keyID: String,
    projectID: String,
    endpoint: String
  ) {
    let account = Account(
      keyID: keyID,
      projectID: projectID,
      endpoint: endpoint,
      model: call.model
    )
    let empty = LedgerEntry(
      keyID: keyID,
      projectID: projectID,
      endpoint: endpoint,
      model: call.model
    )
    entries[account, default: empty].add(call)
  }

  /// Sorted by key, project, endpoint, model.
  var sorted: [LedgerEntry] {
    entries.values.sorted {
      ($0.keyID, $0.projectID, $0.endpoint, $0.model)
        < ($1.keyID, $1.projectID, $1.endpoint, $1.model)
    }
  }
}

extension LedgerEntry {
  fileprivate mutating func add(_ call: ObservedCall) {
    calls += 1
    promptTokens += call.promptTokens
    completionTokens += call.completionTokens
    guard call.outcome == .cutOff else { return }
    cutOffCalls += 1
    cutOffPromptTokens += call.promptTokens
    cutOffCompletionTokens += call.completionTokens
  }
}
