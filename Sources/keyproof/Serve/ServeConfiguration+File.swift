import Foundation
import Logging
import Orchestrator
import Secrets
import Yams

extension ServeConfiguration {
  /// What the file says and the environment overrides, checked as far as it can be without opening
  /// anything.
  ///
  /// - Throws: `ConfigurationFile.Fault`.
  static func read(_ text: String, environment: [String: String]) throws -> ServeConfiguration {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw error.fault
    }
    guard let root else {
      throw ConfigurationFile.Fault(line: 1, column: 1, message: "the file is empty")
    }
    var configuration = try StrictDecoder.decode(ServeConfiguration.self, from: root)
    try configuration.override(by: environment)
    do {
      try configuration.orchestrator.validate()
    } catch {
      throw error.fault(in: root)
    }
    return configuration
  }

  /// Variables that stand above the file, in the order of their table in the documentation.
  static let variables = [
    "KEYPROOF_HOST", "KEYPROOF_PORT", "KEYPROOF_STORAGE", "KEYPROOF_LOG_LEVEL",
    "KEYPROOF_EGRESS_GATEWAY", "KEYPROOF_PUBLIC_HOST", "KEYPROOF_MASTER_KEY_FILE",
    "KEYPROOF_PROVIDER_BASE_URL", "KEYPROOF_TEAMS_APP_SECRET_FILE",
    "KEYPROOF_GOOGLE_SERVICE_ACCOUNT_KEY_FILE",
  ]

  private mutating func override(by environment: [String: String]) throws {
    for name in Self.variables {
      guard let value = environment[name], !value.isEmpty else { continue }
      switch name {
      case "KEYPROOF_HOST": server.host = value
      case "KEYPROOF_PORT":
        guard let port = Int(value), (0...65_535).contains(port) else {
          throw ConfigurationFile.Fault(message: "\(name) must be from 0 to 65535")
        }
        server.port = port
      case "KEYPROOF_STORAGE": server.storage = value
      case "KEYPROOF_LOG_LEVEL":
        guard let level = Logger.Level(rawValue: value) else {
          throw ConfigurationFile.Fault(message: "\(name): '\(value)' is no log level")
        }
        server.logLevel = level
      case "KEYPROOF_EGRESS_GATEWAY": server.egressGateway = value
      case "KEYPROOF_PUBLIC_HOST": orchestrator.publicHost = value
      case "KEYPROOF_MASTER_KEY_FILE": orchestrator.masterKeyFile = value
      case "KEYPROOF_PROVIDER_BASE_URL": orchestrator.provider.baseURL = value
      case "KEYPROOF_TEAMS_APP_SECRET_FILE": secrets.teamsAppSecret = SecretSource(file: value)
      default: secrets.googleServiceAccountKey = SecretSource(file: value)
      }
    }
  }

  /// - Throws: `ConfigurationFile.Fault`.
  func readSecrets(environment: [String: String]) throws -> OrchestratorSecrets {
    func read(_ source: SecretSource?) throws -> Secret? {
      try source?.read(environment: environment)
    }
    return OrchestratorSecrets(
      teamsAppSecret: try read(secrets.teamsAppSecret),
      googleServiceAccountKeyPEM: try read(secrets.googleServiceAccountKey),
      googleServiceAccountKeyID: secrets.googleServiceAccountKeyID,
      vaultSecretID: try read(secrets.vaultSecretID),
      awsSecretAccessKey: try read(secrets.awsSecretAccessKey),
      awsSessionToken: try read(secrets.awsSessionToken),
      keyVaultClientSecret: try read(secrets.keyVaultClientSecret),
      modelKey: try read(secrets.modelKey)
    )
  }
}

extension YamlError {
  fileprivate var fault: ConfigurationFile.Fault {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationFile.Fault(
        line: mark.line,
        column: mark.column,
        message: "this is no YAML: \(problem)"
      )
    default: ConfigurationFile.Fault(message: "\(self)".replacing("\n", with: " "))
    }
  }
}

extension ConfigurationFault {
  /// At the value that is meant, where the file holds it.
  func fault(in root: Node) -> ConfigurationFile.Fault {
    let (message, value) = words
    let place = value.flatMap(root.scalar(saying:))
    return place?.fault(message) ?? ConfigurationFile.Fault(message: message)
  }

  /// What is wrong, and the value that is meant.
  var words: (message: String, value: String?) {
    switch self {
    case .badURL(let setting, let value):
      ("\(setting.snakeCase): '\(value)' is no plain URL", value)
    case .noTenants: ("there are no tenants", nil)
    case .repeated(let setting, let value):
      ("\(setting.snakeCase): '\(value)' stands here twice", value)
    case .badID(let setting, let value):
      ("\(setting.snakeCase): '\(value)' must be letters, digits, '-', '_' and '.' alone", value)
    case .badAdminTokenHash(let tenant):
      ("admin_token_sha256 of '\(tenant)' must be 64 hexadecimal digits", tenant)
    case .masterKeyUnreadable(let path): ("the master key '\(path)' cannot be read", path)
    case .masterKeyExposed(let path):
      ("others than its owner may read the master key '\(path)': chmod 600 it", path)
    case .masterKeyMalformed(let path):
      ("the master key '\(path)' must be 32 bytes in base64", path)
    case .missingSecret(let name): ("'secrets.\(name.snakeCase)' is missing", nil)
    case .missingSetting(let name): ("'\(name.snakeCase)' is missing", nil)
    case .badReplicas:
      (
        "replicas: take_over_seconds must be at least twice heartbeat_seconds, and that at least 1",
        nil
      )
    case .badWaiting(let tenant):
      ("rejected_key of '\(tenant)': wait_seconds and waiting_messages must be at least 1", tenant)
    case .seatTokensUnhosted(let tenant):
      (
        "tokens_charged_by of '\(tenant)': only a hosted customer can be charged by the seat, "
          + "because all its tokens are on the vendor's account",
        tenant
      )
    }
  }
}

extension Node {
  /// The first value that says exactly this.
  fileprivate func scalar(saying text: String) -> Node? {
    switch self {
    case .scalar(let scalar): scalar.string == text ? self : nil
    case .sequence(let nodes): nodes.lazy.compactMap { $0.scalar(saying: text) }.first
    case .mapping(let pairs): pairs.lazy.compactMap { $0.value.scalar(saying: text) }.first
    case .alias: nil
    }
  }
}
