import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on kubernetes-sigs/secrets-store-csi-driver's rotation poll and the caches that AWS
  /// hands out with its own client libraries, an hour by default: whoever pays for each retrieval
  /// keeps the secret for a while.
  package static let keepsFetchedKey = Vendor(
    name: "keeps-fetched-key",
    kind: .rogue(breaks: ["just-in-time-retrieval"]),
    summary: "Keeps a key that it fetched from the secret manager in memory for ten minutes.",
    incident: "aws/aws-secretsmanager-caching-python (an hour in memory by default)",
    triedIn: ["custody/vault-fetched-for-each-call.yaml"]
  ) { try $0.program(keeping: .afterFetch(.minutes(10))) }

  package static let fetchesOnceAMinute = Vendor(
    name: "fetches-once-a-minute",
    kind: .rogue(breaks: ["just-in-time-retrieval"]),
    summary: "Fetches the key from the secret manager once a minute, however many calls there are.",
    incident: "external-secrets and vault-agent templates, which render a secret by the clock",
    triedIn: ["custody/vault-fetched-for-each-call.yaml"]
  ) { try $0.program(keeping: .afterFetch(.minutes(1))) }

  package static let fetchesOnceAMessage = Vendor(
    name: "fetches-once-a-message",
    kind: .rogue(breaks: ["just-in-time-retrieval"]),
    summary: "Fetches the key once for a message, and makes its search and its answer with it.",
    incident: "BerriAI/litellm's auth cache, the shortest of such windows that users ask for",
    triedIn: ["custody/vault-fetched-for-each-call.yaml"]
  ) { try $0.program(keeping: .afterFetch(.seconds(3))) }

  package static let fallsBackToFetchedKey = Vendor(
    name: "falls-back-to-fetched-key",
    kind: .rogue(breaks: ["just-in-time-retrieval"]),
    summary: "Goes on with the last key that it fetched while the secret manager is down.",
    incident: "hashicorp/vault agent's persistent cache and static-secret caching, used as a spare",
    triedIn: ["custody/vault-in-trouble.yaml"]
  ) { try $0.program(keeping: .forOutages) }
}

private enum Keeping: Sendable {
  case afterFetch(Duration)
  case forOutages
}

extension VendorSetup {
  fileprivate func program(keeping: Keeping) throws -> Program {
    try program { environment in
      let custody = KeepingCustody(
        base: try OrchestratorParts.standard(environment).custody,
        clock: environment.surroundings.clock,
        keeping: keeping
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private final class KeepingCustody: KeyCustody {
  private let base: any KeyCustody
  private let clock: any WorldClock
  private let keeping: Keeping
  private let kept = Mutex<[String: (key: OpenedKey, at: Timestamp)]>([:])

  init(base: any KeyCustody, clock: any WorldClock, keeping: Keeping) {
    (self.base, self.clock, self.keeping) = (base, clock, keeping)
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    let known = kept.withLock { $0[tenant] }
    if case .afterFetch(let duration) = keeping, let known, clock.now - known.at < duration {
      return known.key
    }
    do {
      guard let key = try await base.open(for: tenant) else { return nil }
      kept.withLock { $0[tenant] = (key, clock.now) }
      return key
    } catch let failure as CustodyFailure {
      if case .forOutages = keeping, let known { return known.key }
      throw failure
    }
  }

  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    kept.withLock { $0[tenant] = nil }
    return try await base.store(key, for: tenant, at: now)
  }

  func remove(for tenant: String) async throws -> Bool {
    kept.withLock { $0[tenant] = nil }
    return try await base.remove(for: tenant)
  }

  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
  func run() async { await base.run() }
}
