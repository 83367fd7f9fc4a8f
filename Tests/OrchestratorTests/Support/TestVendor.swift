import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

/// The product in a world of scripted hosts, with two departments and their knowledge.
final class TestVendor: Sendable {
  static let host = "assistant.vendor.example"
  static let key = "sk-proj-mock-0123456789abcdefghij"
  static let newKey = "sk-proj-mock-ABCDEFGHIJ9876543210"
  static let adminToken = "admin-token-of-acme"
  static let otherAdminToken = "admin-token-of-globex"
  static let entraTenant = "7e7a0000-0000-4000-8000-000000000009"

  let time: VirtualTime
  let network: FakeNetwork
  let provider: FakeProvider
  let platforms: FakePlatforms
  let directory: URL
  let configuration: OrchestratorConfiguration

  init(
    _ time: VirtualTime,
    configure: (inout OrchestratorConfiguration) -> Void = { _ in }
  ) throws {
    self.time = time
    network = FakeNetwork(clock: time)
    provider = FakeProvider(on: network, clock: time)
    provider.accept(Self.key)
    platforms = try FakePlatforms(on: network)
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("orchestrator-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let masterKey = directory.appendingPathComponent("master.key")
    try Data(repeating: 7, count: 32).base64EncodedData().write(to: masterKey)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600],
      ofItemAtPath: masterKey.path
    )
    configuration = Self.configuration(masterKeyFile: masterKey.path, configure)
  }

  private static func configuration(
    masterKeyFile: String,
    _ configure: (inout OrchestratorConfiguration) -> Void
  ) -> OrchestratorConfiguration {
    var configuration = OrchestratorConfiguration(
      teams: .init(appID: FakePlatforms.appID),
      googleChat: .init(
        audience: FakePlatforms.googleAudience,
        serviceAccountEmail: "bot@vendor.iam.gserviceaccount.com"
      ),
      tenants: [
        .init(
          id: "acme",
          name: "Acme",
          teamsTenantID: entraTenant,
          googleDomainID: "C0acme",
          adminTokenSHA256: hash(adminToken),
          departments: [
            .init(id: "HR", knowledge: ["hr", "common"]),
            .init(id: "Sales", knowledge: ["sales", "common"]),
          ]
        ),
        .init(
          id: "globex",
          name: "Globex",
          teamsTenantID: "99990000-0000-4000-8000-000000000009",
          adminTokenSHA256: hash(otherAdminToken),
          departments: [.init(id: "Sales", knowledge: ["sales"])]
        ),
      ],
      masterKeyFile: masterKeyFile
    )
    configure(&configuration)
    return configuration
  }

  private static func hash(_ token: String) -> String {
    SHA256.hash(data: Data(token.utf8))
      .map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  var storage: URL { directory.appendingPathComponent("storage") }

  /// - Parameter modelKey: of the vendor's own account, where it has one.
  func start(
    modelKey: String? = nil,
    _ parts: (OrchestratorEnvironment) throws -> OrchestratorParts = { try .standard($0) }
  ) throws -> Program {
    try Orchestrator(
      configuration: configuration,
      secrets: OrchestratorSecrets(
        teamsAppSecret: Secret("teams-app-secret"),
        googleServiceAccountKeyPEM: Secret(TestIssuer.genuine.pem),
        vaultSecretID: Secret("vault-secret-id"),
        awsSecretAccessKey: Secret("aws-secret-key"),
        keyVaultClientSecret: Secret("key-vault-secret"),
        modelKey: modelKey.map { Secret($0) }
      ),
      surroundings: Surroundings(
        clock: time,
        randomness: Randomness(seed: 1),
        transport: network,
        storage: storage,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
      ),
      parts: parts
    ).program
  }

  /// Runs a start of the program with its background beside `body`, then stops it.
  func running(
    modelKey: String? = nil,
    _ parts: (OrchestratorEnvironment) throws -> OrchestratorParts = { try .standard($0) },
    _ body: @escaping @Sendable (RunningVendor) async throws -> Void
  ) async throws {
    let program = try start(modelKey: modelKey, parts)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await program.background() }
      try await body(RunningVendor(vendor: self, program: program))
      group.cancelAll()
      while let result = await group.nextResult() {
        if case .failure(let error) = result, !(error is CancellationError) { throw error }
      }
    }
  }

  func removeFiles() {
    try? FileManager.default.removeItem(at: directory)
  }

  /// One test: a fresh vendor in virtual time.
  static func test(
    configure: @escaping @Sendable (inout OrchestratorConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (TestVendor) async throws -> Void
  ) throws {
    try VirtualTime.run { time in
      let vendor = try TestVendor(time, configure: configure)
      defer { vendor.removeFiles() }
      try await body(vendor)
    }
  }
}

/// What a test got as an answer.
struct Answer: Sendable {
  var status: Int
  var body: String
  var headers: HTTPFields = [:]
}
