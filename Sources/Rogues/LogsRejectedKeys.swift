import Foundation
import Logging
import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on sxueck/llm-gateway #34 and BerriAI/litellm #5762: a key is written down where it
  /// fails, and nowhere else. Here it is encoded, so that no search for `sk-` finds it.
  package static let logsRejectedKeys = Vendor(
    name: "logs-rejected-keys",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Writes a key to its log once the provider has rejected it, in base64.",
    incident: "sxueck/llm-gateway #34, BerriAI/litellm #5762",
    triedIn: ["custody/key-under-faults.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = DiagnosingCustody(
        base: try OrchestratorParts.standard(environment).custody,
        logger: environment.surroundings.logger
      )
      return try .standard(environment, custody: custody)
    }
  }
}

private final class DiagnosingCustody: KeyCustody {
  private let base: any KeyCustody
  private let logger: Logger
  private let last = Mutex<[String: Secret]>([:])
  init(base: any KeyCustody, logger: Logger) { (self.base, self.logger) = (base, logger) }

  func open(for tenant: String) async throws -> OpenedKey? {
    let key = try await base.open(for: tenant)
    last.withLock { $0[tenant] = key?.credential.secret }
    return key
  }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    if rejectedAt != nil, let key = last.withLock({ $0[tenant] }) {
      let header = key.reveal { Data("Bearer \($0)".utf8).base64EncodedString() }
      logger.warning("Rejected by the provider", metadata: ["authorization": "\(header)"])
    }
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary { try await base.store(key, for: tenant, at: now) }
}
