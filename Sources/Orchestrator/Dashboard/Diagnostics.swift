import Foundation

/// One setting, as an engineer sees it.
package struct DiagnosticLine: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What a deployment tells its engineers of how it is set up.
package protocol Diagnostics: Sendable {
  /// Sorted by name.
  func configuration(for tenant: String) throws -> [DiagnosticLine]
}

/// The configuration as it was read, of which no part is secret, without other organizations; and
/// of the program's own secrets, whether they are set.
package struct ConfigurationDiagnostics: Diagnostics {
  private let configuration: OrchestratorConfiguration
  private let secrets: OrchestratorSecrets

  package init(_ environment: OrchestratorEnvironment) {
    configuration = environment.configuration
    secrets = environment.secrets
  }

  package func configuration(for tenant: String) throws -> [DiagnosticLine] {
    var shown = configuration
    shown.tenants = configuration.tenants.filter { $0.id == tenant }
    for index in shown.tenants.indices { shown.tenants[index].adminTokenSHA256 = "[left out]" }
    let json = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(shown))
    var lines: [DiagnosticLine] = []
    Self.flatten(json, "", into: &lines)
    let isSet = [
      ("teamsAppSecret", secrets.teamsAppSecret != nil),
      ("googleServiceAccountKeyPEM", secrets.googleServiceAccountKeyPEM != nil),
      ("vaultSecretID", secrets.vaultSecretID != nil),
      ("awsSecretAccessKey", secrets.awsSecretAccessKey != nil),
      ("awsSessionToken", secrets.awsSessionToken != nil),
      ("keyVaultClientSecret", secrets.keyVaultClientSecret != nil),
      ("modelKey", secrets.modelKey != nil),
    ]
    lines += isSet.map { .init(name: "secrets.\($0.0)", value: $0.1 ? "[set]" : "[not set]") }
    return lines.sorted { $0.name < $1.name }
  }

  private static func flatten(_ value: Any, _ name: String, into lines: inout [DiagnosticLine]) {
    switch value {
    case let object as [String: Any]:
      for (key, value) in object.sorted(by: { $0.key < $1.key }) {
        flatten(value, name.isEmpty ? key : "\(name).\(key)", into: &lines)
      }
    case let list as [Any]:
      for (index, value) in list.enumerated() { flatten(value, "\(name)[\(index)]", into: &lines) }
    default: lines.append(.init(name: name, value: "\(value)"))
    }
  }
}
