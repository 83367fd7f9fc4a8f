import Logging
import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Modelled on BerriAI/litellm #31620 (raw keys in the audit log) and sxueck/llm-gateway #34 (a
  /// key is logged in full): somebody wanted to know which key was meant.
  package static let logsTheKey = Vendor(
    name: "logs-the-key",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Writes every key that an administrator installs to its log.",
    incident: "BerriAI/litellm #31620, sxueck/llm-gateway #34",
    triedIn: ["custody/key-under-faults.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = TalkativeCustody(
        base: try OrchestratorParts.standard(environment).custody,
        logger: environment.surroundings.logger
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private struct TalkativeCustody: KeyCustody {
  let base: any KeyCustody
  let logger: Logger

  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    key.secret.reveal {
      logger.notice("Key installed", metadata: ["tenant": "\(tenant)", "key": "\($0)"])
    }
    return try await base.store(key, for: tenant, at: now)
  }

  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func open(for tenant: String) async throws -> OpenedKey? { try await base.open(for: tenant) }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
}
