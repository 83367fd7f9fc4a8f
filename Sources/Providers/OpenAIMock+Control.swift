package import Secrets
import Synchronization

/// What the customer does at the provider, and what the harness asks it.
extension OpenAIMock {
  /// - Returns: the organisation's id.
  package func createOrganization(_ name: String) -> String {
    state.withLock { $0.accounts.createOrganization(named: name) }
  }

  /// - Returns: the project's id.
  /// - Throws: `ProviderAccountError.unknownOrganization`.
  package func createProject(
    _ name: String,
    organization: String
  ) throws(ProviderAccountError) -> String {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.createProject(named: name, in: organization)
    }
  }

  /// - Throws: `ProviderAccountError.unknownProject`.
  package func createKey(
    _ name: String,
    project: String
  ) throws(ProviderAccountError) -> IssuedKey {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.createKey(named: name, in: project)
    }
  }

  /// Ends a key, at once; a second time changes nothing.
  ///
  /// - Returns: the last order given so far. Calls with a higher one were authenticated after
  ///   the deletion.
  /// - Throws: `ProviderAccountError.unknownKey`.
  @discardableResult
  package func deleteKey(id: String) throws(ProviderAccountError) -> Int {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.deleteKey(id)
      return state.lastOrder
    }
  }

  /// The id of the key with this value, deleted or not; nil for a value never issued here.
  package func keyID(for secret: Secret) -> String? {
    state.withLock { $0.accounts.keyID(for: secret) }
  }

  /// The order of the last request whose credential was checked; 0 before the first.
  package var lastOrder: Int {
    state.withLock { $0.lastOrder }
  }

  /// The books, sorted by key, project, endpoint and model.
  package func ledger() -> [LedgerEntry] {
    state.withLock { $0.ledger }.sorted
  }

  /// Puts a fault in force for the calls that are admitted from now on, in the place of any
  /// other; nil ends it.
  package func setFault(_ fault: ProviderFault?) {
    state.withLock { $0.fault = fault }
  }
}
