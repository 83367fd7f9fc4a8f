import HTTPTypes
import Orchestrator
import SecretManagers
import Secrets
import Testing
import Worlds

/// The product with its customers' keys in AWS Secrets Manager and in Azure Key Vault.
@Suite struct CloudCustodyTests {
  private static let awsHost = "secretsmanager.eu-west-1.amazonaws.com"
  private static let vaultHost = "acme.vault.azure.net"

  enum Cloud: String, CaseIterable, Sendable {
    case aws
    case azure
    case azureWithPurgeProtection
  }

  /// A mock of either, as these tests look at it.
  private struct Manager: Sendable {
    var log: SecretAccessLog
    var setFault: @Sendable (ManagerFault?) -> Void
    var write: @Sendable (String) throws -> Void
  }

  private func test(
    _ cloud: Cloud,
    _ body: @escaping @Sendable (Manager, RunningVendor) async throws -> Void
  ) throws {
    try TestVendor.test(
      configure: { configuration in
        switch cloud {
        case .aws:
          configuration.custody.keeper = .aws
          configuration.custody.aws = .init(region: "eu-west-1", accessKeyID: "AKIAMOCK")
        case .azure, .azureWithPurgeProtection:
          configuration.custody.keeper = .azureKeyVault
          configuration.custody.azureKeyVault = .init(
            address: "https://\(Self.vaultHost)",
            entraTenant: "tenant",
            clientID: "client"
          )
          configuration.custody.azureKeyVault?.authority =
            "https://\(KeyVaultMock.authorityHost)"
        }
      },
      { vendor in
        let manager = cloud == .aws ? Self.aws(vendor) : Self.azure(vendor, cloud)
        try await vendor.running { try await body(manager, $0) }
      }
    )
  }

  private static func aws(_ vendor: TestVendor) -> Manager {
    let mock = AWSSecretsManagerMock(
      identities: [
        AWSIdentity(
          name: "assistant",
          accessKeyID: "AKIAMOCK",
          secretAccessKey: Secret("aws-secret-key")
        )
      ],
      clock: vendor.time,
      randomness: Randomness(seed: 3)
    )
    vendor.network.serve(awsHost, with: mock.responder)
    return Manager(
      log: mock.log,
      setFault: { mock.setFault($0) },
      write: {
        try mock.write(Secret($0), to: "keyproof/customer-acme", as: "administrator")
      }
    )
  }

  private static func azure(_ vendor: TestVendor, _ cloud: Cloud) -> Manager {
    let mock = KeyVaultMock(
      host: vaultHost,
      isPurgeProtected: cloud == .azureWithPurgeProtection,
      clients: [
        KeyVaultClientIdentity(
          name: "assistant",
          tenant: "tenant",
          clientID: "client",
          clientSecret: Secret("key-vault-secret")
        )
      ],
      clock: vendor.time,
      randomness: Randomness(seed: 3)
    )
    for (host, responder) in mock.hosts { vendor.network.serve(host, with: responder) }
    return Manager(
      log: mock.log,
      setFault: { mock.setFault($0) },
      write: { mock.write(Secret($0), to: "keyproof-customer-acme", as: "administrator") }
    )
  }

  /// Azure Key Vault lists 25 versions on a page.
  @Test func versionsOfSeveralPagesAreAllPutOutOfUse() throws {
    try test(.azure) { manager, vendor in
      try await vendor.setUp()
      for _ in 1...60 { try manager.write(TestVendor.key) }
      try await vendor.wait(.seconds(2))
      vendor.vendor.provider.accept(TestVendor.key, TestVendor.newKey)
      #expect(try await vendor.install(TestVendor.newKey).status == 200)
      let destroyed = manager.log.entries.filter { $0.operation == .destroy && $0.succeeded }
      #expect(Set(destroyed.compactMap(\.version)).count == 61)
      #expect(manager.log.entries.count { $0.operation == .list && $0.succeeded } >= 3)
      #expect(try await vendor.answer(to: "What are the prices?", id: "1").contains("canary"))
    }
  }

  @Test(arguments: Cloud.allCases)
  func eachCallOfTheModelHasARetrieval(cloud: Cloud) throws {
    try test(cloud) { manager, vendor in
      try await vendor.setUp()
      let before = manager.log.entries.count { $0.operation == .read && $0.succeeded }
      let calls = vendor.vendor.network.sent(to: FakeProvider.host).count
      _ = try await vendor.answer(to: "What are the prices?", id: "1")
      let made = vendor.vendor.network.sent(to: FakeProvider.host).count - calls
      #expect(made == 2)
      #expect(
        manager.log.entries.count { $0.operation == .read && $0.succeeded } - before == made
      )
    }
  }

  @Test(arguments: Cloud.allCases)
  func aKeyIsReplacedRemovedAndInstalledAgain(cloud: Cloud) throws {
    try test(cloud) { manager, vendor in
      try await vendor.install(TestVendor.key)
      vendor.vendor.provider.accept(TestVendor.newKey)
      #expect(try await vendor.install(TestVendor.newKey).status == 200)
      #expect(try await vendor.admin(.delete, "key").status == 200)
      let told = try await vendor.answer(to: "Hello?", id: "1")
      #expect(told.contains("no OpenAI key"))
      #expect(try await vendor.install(TestVendor.newKey).status == 200)
      let answer = try await vendor.answer(to: "What are the prices?", id: "2")
      #expect(!answer.contains("cannot answer"))
    }
  }

  @Test(arguments: Cloud.allCases, [ManagerFault.sealed, .refusing, .slow(.seconds(20))])
  func troubleIsAPlainRefusal(cloud: Cloud, fault: ManagerFault) throws {
    try test(cloud) { manager, vendor in
      try await vendor.setUp()
      manager.setFault(fault)
      try await vendor.ask("What are the prices?", id: "1")
      try await vendor.wait(.seconds(30))
      let told = vendor.vendor.platforms.replies(to: "1").joined()
      #expect(told.contains("could not be fetched"))
      manager.setFault(nil)
      try await vendor.wait(.seconds(30))
      let answer = try await vendor.answer(to: "What are the prices?", id: "2")
      #expect(!answer.contains("cannot answer"))
    }
  }

  @Test(arguments: Cloud.allCases)
  func anotherKeyPutThereIsTakenOver(cloud: Cloud) throws {
    try test(cloud) { manager, vendor in
      try await vendor.setUp()
      vendor.vendor.provider.accept(TestVendor.newKey)
      try manager.write(TestVendor.newKey)
      _ = try await vendor.answer(to: "What are the prices?", id: "1")
      let sent = vendor.vendor.network.sent(to: FakeProvider.host).suffix(2)
      #expect(
        sent.allSatisfy { $0.head.headerFields[.authorization] == "Bearer \(TestVendor.newKey)" }
      )
    }
  }
}
