import Secrets
import Worlds

/// What administrators may do with their organization's key. The admin API and the dashboard both
/// come here, so that neither can do what the other would not note down.
struct KeyAdministration: Sendable {
  let custody: any KeyCustody
  let placement: KeyPlacement
  let model: any LanguageModel
  let indexer: KnowledgeIndexer
  let history: KeyHistory
  let notifications: Notifications
  let audit: AuditLog
  let clock: any WorldClock
  let azureHostSuffixes: [String]

  func summary(of tenant: String) throws -> KeySummary? {
    try custody.summary(of: tenant)
  }

  /// Asks the provider first: a key that it does not take never replaces one that it does. Until
  /// then the candidate is in memory alone; the switch is one transaction of the custody, and calls
  /// under way finish on the key that they were opened with.
  ///
  /// - Throws: `KeyRefusal`, after which nothing has changed; and what the custody throws.
  func install(
    _ submitted: ModelCredential,
    for tenant: String,
    by actor: String
  ) async throws -> KeySummary {
    let credential: ModelCredential
    do {
      credential = try placement.place(submitted, for: tenant)
      try await check(credential, for: tenant)
    } catch {
      let reason = "\(error.code), ends in \(submitted.secret.lastFour)"
      try audit.note(.keyRefused, reason, of: tenant, by: actor)
      throw error
    }
    let summary = try await inCustody {
      try await custody.store(credential, for: tenant, at: clock.now)
    }
    try history.installed(summary, for: tenant, by: actor)
    try notifications.resolve(of: tenant, works: true)
    try audit.note(
      .keyInstalled,
      "version \(summary.version), \(summary.destination.providerName), "
        + "ends in \(summary.lastFour)",
      of: tenant,
      by: actor
    )
    indexer.wake()
    return summary
  }

  /// Asks the provider about the key that is installed.
  ///
  /// - Throws: `KeyRefusal`, and what the custody throws.
  func check(of tenant: String, by actor: String) async throws -> KeySummary {
    guard let key = try await inCustody({ try await custody.open(for: tenant) }) else {
      throw KeyRefusal.noKey
    }
    do {
      try await check(key.credential, for: tenant)
    } catch {
      if error == .rejected {
        try custody.record(rejectedAt: clock.now, version: key.version, of: tenant)
        try notifications.open(.keyRejected, version: key.version, of: tenant)
      }
      try audit.note(.keyChecked, "\(error.code)", of: tenant, by: actor)
      throw error
    }
    try custody.record(rejectedAt: nil, version: key.version, of: tenant)
    try notifications.resolve(of: tenant, works: true)
    try audit.note(.keyChecked, "accepted", of: tenant, by: actor)
    indexer.wake()
    guard let summary = try custody.summary(of: tenant) else { throw KeyRefusal.noKey }
    return summary
  }

  /// - Throws: `KeyRefusal.noKey` when there was none; and what the custody throws.
  func remove(of tenant: String, by actor: String) async throws {
    guard try await inCustody({ try await custody.remove(for: tenant) }) else {
      throw KeyRefusal.noKey
    }
    try history.removed(for: tenant, at: clock.now, by: actor)
    try notifications.resolve(of: tenant, works: false)
    try audit.note(.keyRemoved, "", of: tenant, by: actor)
  }

  private func inCustody<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let failure as CustodyFailure {
      throw KeyRefusal(failure)
    }
  }

  private func check(
    _ credential: ModelCredential,
    for tenant: String
  ) async throws(KeyRefusal) {
    let call = ModelCall(
      tenant: tenant,
      exchange: "admin/\(tenant)/\(clock.now.nanoseconds)",
      deadline: clock.now + .seconds(20)
    )
    do {
      try await model.check(credential, for: call)
    } catch {
      throw KeyRefusal(error, isAzure: credential.destination.isAzure)
    }
  }
}
