import Foundation
import Orchestrator
import Secrets

/// The files that a vendor in a process of its own is told everything by: its configuration, as its
/// documentation has it, and its own credentials.
struct ProcessConfiguration: Encodable {
  struct Server: Encodable {
    var host = "127.0.0.1"
    /// Any that is free: the process itself tells which.
    var port = 0
    var portFile: String
    var storage: String
    var egressGateway: String
    var drainSeconds = 5
    var stopsWithInput = true
  }

  struct Source: Encodable {
    var file: String
  }

  struct Secrets: Encodable {
    var teamsAppSecret: Source?
    var googleServiceAccountKey: Source?
    var googleServiceAccountKeyID: String?
    var vaultSecretID: Source?
    var awsSecretAccessKey: Source?
    var awsSessionToken: Source?
    var keyVaultClientSecret: Source?
    var modelKey: Source?
  }

  var server: Server
  var secrets: Secrets
  var orchestrator: OrchestratorConfiguration

  /// - Returns: the configuration file.
  static func write(
    server: Server,
    orchestrator: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    in directory: URL
  ) throws -> URL {
    func keep(_ secret: Secret?, _ name: String) throws -> Source? {
      try secret?.reveal { text in
        Source(file: try write(Data(text.utf8), to: name, in: directory).path)
      }
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let configuration = ProcessConfiguration(
      server: server,
      secrets: Secrets(
        teamsAppSecret: try keep(secrets.teamsAppSecret, "teams.secret"),
        googleServiceAccountKey: try keep(secrets.googleServiceAccountKeyPEM, "google.pem"),
        googleServiceAccountKeyID: secrets.googleServiceAccountKeyID,
        vaultSecretID: try keep(secrets.vaultSecretID, "vault.secret"),
        awsSecretAccessKey: try keep(secrets.awsSecretAccessKey, "aws.secret"),
        awsSessionToken: try keep(secrets.awsSessionToken, "aws.token"),
        keyVaultClientSecret: try keep(secrets.keyVaultClientSecret, "key-vault.secret"),
        modelKey: try keep(secrets.modelKey, "model.key")
      ),
      orchestrator: orchestrator
    )
    return try write(try encoder.encode(configuration), to: "orchestrator.json", in: directory)
  }

  private static func write(_ data: Data, to name: String, in directory: URL) throws -> URL {
    let file = directory.appendingPathComponent(name)
    guard
      FileManager.default.createFile(
        atPath: file.path,
        contents: data,
        attributes: [.posixPermissions: 0o600]
      )
    else { throw ConductorError.setupFailed("no file at \(file.path)") }
    return file
  }
}
