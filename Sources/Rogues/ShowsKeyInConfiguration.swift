import Orchestrator
import Secrets
import Synchronization
import Worlds

extension Vendor {
  /// Modelled on mem0ai/mem0 #6081 and nyroway/nyro #65: a settings dump masks the beginning of a
  /// key and shows the rest.
  package static let showsKeyInConfiguration = Vendor(
    name: "shows-key-in-configuration",
    kind: .rogue(breaks: ["engineer-exclusion"]),
    summary: "Shows engineers the configuration with the last sixteen characters of the key.",
    incident: "mem0ai/mem0 #6081, nyroway/nyro #65",
    triedIn: ["custody/engineer-looks-around.yaml"]
  ) { setup in
    try setup.program { environment in
      let custody = RememberingCustody(
        base: try OrchestratorParts.standard(environment).custody
      )
      let diagnostics = HalfMaskedDiagnostics(
        base: ConfigurationDiagnostics(environment),
        custody: custody
      )
      return try .standard(environment, custody: custody, diagnostics: diagnostics)
    }
  }
}

private struct HalfMaskedDiagnostics: Diagnostics {
  let base: ConfigurationDiagnostics
  let custody: RememberingCustody

  func configuration(for tenant: String) throws -> [DiagnosticLine] {
    let key = custody.last.withLock { $0[tenant] }
    let shown = key.map { $0.reveal { "***\($0.suffix(16))" } } ?? "none"
    return try base.configuration(for: tenant) + [.init(name: "provider.key", value: shown)]
  }
}

private final class RememberingCustody: CustodyVariant {
  let base: any KeyCustody
  let last = Mutex<[String: Secret]>([:])

  init(base: any KeyCustody) { self.base = base }

  func open(for tenant: String) async throws -> OpenedKey? {
    let opened = try await base.open(for: tenant)
    last.withLock { $0[tenant] = opened?.credential.secret }
    return opened
  }
}
