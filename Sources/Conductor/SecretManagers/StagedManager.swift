import Evidence
import Orchestrator
import ScenarioFiles
import SecretManagers
import Secrets
import Worlds

/// The secret manager of a story, whichever it is; its access log becomes evidence line by line.
final class StagedManager: Sendable {
  enum Mock: Sendable {
    case vault(VaultMock)
    case aws(AWSSecretsManagerMock)
    case keyVault(KeyVaultMock)
  }

  /// Who changes secrets past the vendor.
  static let administrator = "customer-administrator"

  private let mock: Mock
  private let cast: CustodyCast

  /// Nil where the vendor keeps the keys itself.
  init?(
    _ cast: CustodyCast,
    tenants: [String],
    world: any World,
    recorder: Recorder,
    scanner: SurfaceScanner
  ) {
    self.cast = cast
    let tenantOfSecret = Dictionary(
      tenants.map { (cast.secretName(of: $0), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let observe: @Sendable (SecretAccess) -> Void = { access in
      recorder.record(
        .secretAccess(
          Event.SecretAccess(
            order: access.order,
            operation: .init(access.operation),
            secret: access.secret,
            tenant: tenantOfSecret[access.secret],
            principal: access.principal,
            version: access.version,
            key: access.content.flatMap { Self.key(in: $0, scanner) },
            status: access.status
          )
        )
      )
    }
    guard let mock = Mock(cast, world: world, observe: observe) else { return nil }
    self.mock = mock
  }

  var hosts: [String: Responder] {
    switch mock {
    case .vault(let vault): [CustodyCast.vaultHost: vault.responder]
    case .aws(let aws): [CustodyCast.awsHost: aws.responder]
    case .keyVault(let vault): vault.hosts
    }
  }

  /// Nil ends it.
  func setFault(_ fault: ManagerFault?) {
    switch mock {
    case .vault(let vault): vault.setFault(fault)
    case .aws(let aws): aws.setFault(fault)
    case .keyVault(let vault): vault.setFault(fault)
    }
  }

  /// Puts another key into the customer's secret, as its administrator does with the manager's own
  /// tools.
  func change(_ tenant: String, to key: InstallableKey) throws {
    switch mock {
    case .vault(let vault):
      try vault.write(
        ["api_key": key.secret],
        at: cast.path(of: tenant),
        as: Self.administrator
      )
    case .aws(let aws):
      let value = key.secret.reveal { Secret("{\"api_key\":\"\($0)\"}") }
      try aws.write(value, to: cast.path(of: tenant), as: Self.administrator)
    case .keyVault(let vault):
      vault.write(key.secret, to: cast.path(of: tenant), as: Self.administrator)
    }
  }

  private static func key(in content: Secret, _ scanner: SurfaceScanner) -> Fingerprint? {
    for hit in content.reveal({ scanner.scanForKeys($0) }) {
      if case .key(let fingerprint) = hit.subject { return fingerprint }
    }
    return nil
  }
}

extension Event.SecretAccess.Operation {
  init(_ operation: SecretAccess.Operation) {
    self =
      switch operation {
      case .login: .login
      case .read: .read
      case .write: .write
      case .destroy: .destroy
      case .restore: .restore
      case .list: .list
      case .encrypt: .encrypt
      case .decrypt: .decrypt
      case .rewrap: .rewrap
      case .configure: .configure
      case .status: .status
      }
  }
}
