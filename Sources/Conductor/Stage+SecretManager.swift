import Evidence
import Providers
import ScenarioFiles
import SecretManagers
import Secrets
import Worlds

extension Stage {
  /// The customer's administrator puts another key into the secret manager, and tells nobody.
  func changeSecret(of tenant: String, to name: String) throws {
    guard let manager else { throw ConductorError.unknownKey("\(tenant)/\(name)") }
    let key = InstallableKey(
      secret: try keys.key(name, of: tenant),
      home: keys.host(of: tenant)
    )
    let fingerprint = fingerprinter.fingerprint(of: key.secret)
    recorder.record(
      .secretChanged(
        .init(
          tenant: tenant,
          key: fingerprint,
          providerHost: key.host,
          afterOrder: calls.last
        )
      )
    )
    try manager.change(tenant, to: key)
    keys.noteInstalled(key.secret, for: tenant)
  }
}

extension FaultDescription {
  /// What the secret manager itself does wrong; nil for the network's doing.
  var atManager: ManagerFault? {
    guard place == .secretManager else { return nil }
    return switch kind {
    case .slow(let delay): .slow(delay)
    case .sealed: .sealed
    case .refusing: .refusing
    default: nil
    }
  }
}
