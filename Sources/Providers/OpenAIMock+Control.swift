package import Secrets
import Synchronization
package import Worlds

/// What the customer does at the provider, and what the harness asks it.
extension OpenAIMock {
  /// - Returns: the organisation's id.
  /// - Throws: `ProviderAccountError.full`.
  package func createOrganization(_ name: String) throws(ProviderAccountError) -> String {
    let now = clock.now
    return try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.createOrganization(named: name, at: now)
    }
  }

  /// - Returns: the project's id.
  /// - Throws: `ProviderAccountError.unknownOrganization` or `full`.
  package func createProject(
    _ name: String,
    organization: String
  ) throws(ProviderAccountError) -> String {
    let now = clock.now
    return try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.createProject(named: name, in: organization, at: now)
    }
  }

  /// - Parameters:
  ///   - value: nil for one that the provider makes up.
  ///   - expiresAt: from then on it is refused; nil for never.
  /// - Throws: `ProviderAccountError` for an unknown or archived project, or a value that is taken.
  package func createKey(
    _ name: String,
    project: String,
    value: Secret? = nil,
    expiresAt: Timestamp? = nil,
    restriction: KeyRestriction = KeyRestriction()
  ) throws(ProviderAccountError) -> IssuedKey {
    let now = clock.now
    let wish = ProviderAccounts.KeyWish(
      name: name,
      value: value,
      expiresAt: expiresAt,
      restriction: restriction
    )
    return try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.createKey(wish, in: project, at: now)
    }
  }

  /// - Returns: the value of a key that administers the organisation, and its id.
  /// - Throws: `ProviderAccountError.unknownOrganization` or `valueTaken`.
  package func createAdminKey(
    _ name: String,
    organization: String,
    value: Secret? = nil
  ) throws(ProviderAccountError) -> (id: String, secret: Secret) {
    let now = clock.now
    let wish = ProviderAccounts.KeyWish(name: name, value: value)
    return try state.withLock { state throws(ProviderAccountError) in
      let (index, secret) = try state.accounts.createAdminKey(wish, in: organization, at: now)
      return (state.accounts.adminKeys[index].id, secret)
    }
  }

  /// Ends a key; a second time changes nothing. How soon every call hears of it is the settings'
  /// revocation, at once by default.
  ///
  /// - Returns: the last order given so far. Calls with a higher one were authenticated after
  ///   the deletion.
  /// - Throws: `ProviderAccountError.unknownKey`.
  @discardableResult
  package func deleteKey(id: String) throws(ProviderAccountError) -> Int {
    let now = clock.now
    return try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.deleteKey(id, at: now)
      return sequence.last
    }
  }

  /// As a provider does with a key that leaked: it stays in the list, and is refused.
  ///
  /// - Returns: the last order given so far, as `deleteKey` does.
  /// - Throws: `ProviderAccountError.unknownKey`.
  @discardableResult
  package func disableKey(id: String) throws(ProviderAccountError) -> Int {
    let now = clock.now
    return try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.disableKey(id, at: now)
      return sequence.last
    }
  }

  /// Takes a disabled key back into use.
  ///
  /// - Throws: `ProviderAccountError.unknownKey`, for a deleted one too.
  package func enableKey(id: String) throws(ProviderAccountError) {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.enableKey(id)
    }
  }

  /// - Parameter moment: from then on the key is refused, on every machine; nil for never.
  /// - Throws: `ProviderAccountError.unknownKey`.
  package func expireKey(id: String, at moment: Timestamp?) throws(ProviderAccountError) {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.expireKey(id, at: moment)
    }
  }

  /// - Throws: `ProviderAccountError.unknownKey`.
  package func restrictKey(
    id: String,
    to restriction: KeyRestriction
  ) throws(ProviderAccountError) {
    try state.withLock { state throws(ProviderAccountError) in
      try state.accounts.restrictKey(id, to: restriction)
    }
  }

  /// How the ends of keys reach everybody, for those that end from now on.
  package func setRevocation(_ propagation: RevocationPropagation) {
    state.withLock { $0.accounts.revocation = propagation }
  }

  /// The id of the key with this value, deleted or not; nil for a value never issued here.
  package func keyID(for secret: Secret) -> String? {
    state.withLock { $0.accounts.keyID(for: secret) }
  }

  /// The order of the last request whose credential was checked; 0 before the first.
  package var lastOrder: Int {
    sequence.last
  }

  /// The books, sorted by key, project, endpoint and model.
  package func ledger() -> [LedgerEntry] {
    state.withLock { $0.totals }.sorted
  }

  /// Puts a fault in force for the calls that are admitted from now on, in the place of any
  /// other; nil ends it.
  package func setFault(_ fault: ProviderFault?) {
    state.withLock { $0.fault = fault }
  }
}
