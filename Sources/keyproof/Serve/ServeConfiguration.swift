import Foundation
import Logging
import Orchestrator
import Secrets
import Worlds

/// What `keyproof serve orchestrator` is told by its file: the product's own configuration, and
/// where and how it is served.
struct ServeConfiguration: Decodable {
  var server: Server
  var secrets: SecretSources
  var orchestrator: OrchestratorConfiguration

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    server = try container.decodeIfPresent(Server.self, forKey: .server) ?? Server()
    secrets =
      try container.decodeIfPresent(SecretSources.self, forKey: .secrets) ?? SecretSources()
    orchestrator = try container.decode(OrchestratorConfiguration.self, forKey: .orchestrator)
  }

  private enum CodingKeys: CodingKey {
    case server, secrets, orchestrator
  }

  struct Server: Decodable {
    var host = "127.0.0.1"
    var port = 8_090
    /// Takes the port once the server listens, whole or not at all: for whoever started it with
    /// port 0.
    var portFile: String?
    /// A directory of the program's own.
    var storage = "storage"
    var logLevel = Logger.Level.info
    var egressGateway: String?
    /// Until messages under way are cut off, once the process was asked to stop.
    var drainSeconds = 20
    var connections = 1_024
    /// Ends when standard input does: with whoever started it, however that ended.
    var stopsWithInput = false

    init() {}

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      host = try container.decodeIfPresent(String.self, forKey: .host) ?? host
      port = try container.whole(.port, in: 0...65_535) ?? port
      portFile = try container.decodeIfPresent(String.self, forKey: .portFile)
      storage = try container.decodeIfPresent(String.self, forKey: .storage) ?? storage
      egressGateway = try container.decodeIfPresent(String.self, forKey: .egressGateway)
      drainSeconds = try container.whole(.drainSeconds, in: 0...3_600) ?? drainSeconds
      connections = try container.whole(.connections, in: 1...100_000) ?? connections
      stopsWithInput =
        try container.decodeIfPresent(Bool.self, forKey: .stopsWithInput) ?? stopsWithInput
      if let level = try container.decodeIfPresent(LogLevel.self, forKey: .logLevel) {
        logLevel = level.value
      }
    }

    private enum CodingKeys: CodingKey {
      case host, port, portFile, storage, logLevel, egressGateway, drainSeconds, connections
      case stopsWithInput
    }
  }

  /// Where the vendor's own credentials are: never what they are.
  struct SecretSources: Decodable {
    var teamsAppSecret: SecretSource?
    var googleServiceAccountKey: SecretSource?
    /// No secret: the id under which Google knows that key.
    var googleServiceAccountKeyID: String?
    /// Of the AppRole by which the program logs in to Vault.
    var vaultSecretID: SecretSource?
    var awsSecretAccessKey: SecretSource?
    /// Of temporary credentials alone.
    var awsSessionToken: SecretSource?
    /// Of the application that Entra gives tokens for Azure Key Vault.
    var keyVaultClientSecret: SecretSource?
    /// Of the vendor's own account at the provider, for hybrid and hosted customers.
    var modelKey: SecretSource?

    /// All of them, for whoever changes each.
    static var all: [WritableKeyPath<SecretSources, SecretSource?>] {
      [
        \.teamsAppSecret, \.googleServiceAccountKey, \.vaultSecretID, \.awsSecretAccessKey,
        \.awsSessionToken, \.keyVaultClientSecret, \.modelKey,
      ]
    }
  }
}

/// A file or an environment variable that holds a secret.
struct SecretSource: Decodable {
  var file: String?
  var environment: String?

  init(file: String) {
    self.file = file
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    file = try container.decodeIfPresent(String.self, forKey: .file)
    environment = try container.decodeIfPresent(String.self, forKey: .environment)
    guard (file == nil) != (environment == nil) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "a secret is named by its 'file' or its 'environment' variable"
        )
      )
    }
  }

  private enum CodingKeys: CodingKey {
    case file, environment
  }

  /// - Throws: `ConfigurationFile.Fault`.
  func read(environment variables: [String: String]) throws -> Secret {
    if let environment {
      guard let value = variables[environment], !value.isEmpty else {
        throw ConfigurationFile.Fault(
          message: "the environment variable '\(environment)', which a secret is in, is not set"
        )
      }
      return Secret(value)
    }
    let path = file ?? ""
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 16 else {
      throw ConfigurationFile.Fault(message: "the secret's file '\(path)' cannot be read")
    }
    let text = String(decoding: data, as: UTF8.self)
    return Secret(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}

private struct LogLevel: Decodable {
  let value: Logger.Level

  init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let level = Logger.Level(rawValue: name) else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "'\(name)' is no log level; known: \(known)")
      )
    }
    value = level
  }
}

extension KeyedDecodingContainer {
  fileprivate func whole(_ key: Key, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = try decodeIfPresent(Int.self, forKey: key) else { return nil }
    guard range.contains(value) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath,
          debugDescription: "'\(key.stringValue.snakeCase)' must be from \(range.lowerBound) "
            + "to \(range.upperBound)"
        )
      )
    }
    return value
  }
}
