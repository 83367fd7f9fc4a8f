import HTTPTypes
import Orchestrator
import SecretManagers
import Secrets
import Synchronization
import Testing
import Worlds

/// The product with its customers' keys in Vault.
@Suite struct VaultCustodyTests {
  private static let host = "vault.vendor.example"
  private static let secret = "secret/keyproof/customer-acme"

  /// - Parameter tokenLifetime: of the role's tokens.
  private func test(
    tokenLifetime: Duration = .seconds(1_200),
    secretID: String = "vault-secret-id",
    _ body: @escaping @Sendable (VaultMock, RunningVendor) async throws -> Void
  ) throws {
    try TestVendor.test(
      configure: { configuration in
        configuration.custody.keeper = .vault
        configuration.custody.vault = .init(
          address: "https://\(Self.host)",
          roleID: "role"
        )
      },
      { vendor in
        var role = VaultRole.keeper(
          name: "assistant",
          roleID: "role",
          secretID: Secret(secretID),
          folder: "keyproof"
        )
        role.tokenLifetime = tokenLifetime
        let vault = VaultMock(
          roles: [role],
          clock: vendor.time,
          randomness: Randomness(seed: 3)
        )
        vendor.network.serve(Self.host, with: vault.responder)
        try await vendor.running { try await body(vault, $0) }
      }
    )
  }

  @Test func eachCallOfTheModelHasARetrieval() throws {
    try test { vault, vendor in
      try await vendor.setUp()
      let before = vault.log.entries.count { $0.operation == .read }
      let calls = vendor.vendor.network.sent(to: FakeProvider.host).count
      let answer = try await vendor.answer(to: "What are the prices?", id: "1")
      #expect(!answer.isEmpty)
      let made = vendor.vendor.network.sent(to: FakeProvider.host).count - calls
      #expect(made == 2)
      #expect(vault.log.entries.count { $0.operation == .read } - before == made)
      #expect(vault.log.entries.count { $0.operation == .login } == 1)
    }
  }

  @Test func aReplacedKeyIsDestroyedAndARemovedOneErased() throws {
    try test { vault, vendor in
      try await vendor.install(TestVendor.key)
      vendor.vendor.provider.accept(TestVendor.newKey)
      #expect(try await vendor.install(TestVendor.newKey).status == 200)
      let destroyed = vault.log.entries.filter { $0.operation == .destroy }
      #expect(destroyed.map(\.version) == ["1"])
      #expect(destroyed.map(\.status) == [204])
      #expect(try await vendor.admin(.delete, "key").status == 200)
      #expect(vault.log.entries.count { $0.operation == .destroy } == 2)
      let told = try await vendor.answer(to: "Hello?", id: "1")
      #expect(told.contains("no OpenAI key"))
    }
  }

  @Test func whatCouldNotBeDestroyedIsDestroyedLater() throws {
    try test { vault, vendor in
      try await vendor.install(TestVendor.key)
      vault.setFault(.sealed)
      #expect(try await vendor.admin(.delete, "key").status == 200)
      #expect(try await vendor.admin(.get, "key").body.contains("none"))
      try await vendor.wait(.seconds(90))
      vault.setFault(nil)
      try await vendor.wait(.seconds(90))
      let last = vault.log.entries.last { $0.operation == .destroy }
      #expect(last?.status == 204)
      let vaultIsEmpty = vault.log.entries.last { $0.secret == Self.secret }
      #expect(vaultIsEmpty?.operation == .destroy)
    }
  }

  @Test(
    arguments: [
      (ManagerFault.sealed, "secret_manager_sealed"),
      (.refusing, "secret_manager_refused"),
      (.slow(.seconds(20)), "secret_manager_unavailable"),
    ])
  func troubleIsAPlainRefusal(fault: ManagerFault, code: String) throws {
    try test { vault, vendor in
      try await vendor.setUp()
      vendor.vendor.provider.accept(TestVendor.newKey)
      vault.setFault(fault)
      let calls = vendor.vendor.network.sent(to: FakeProvider.host).count
      try await vendor.ask("What are the prices?", id: "1")
      try await vendor.wait(.seconds(30))
      let told = vendor.vendor.platforms.replies(to: "1").joined()
      #expect(told.contains("could not be fetched"))
      #expect(vendor.vendor.network.sent(to: FakeProvider.host).count == calls)
      let refused = try await vendor.install(TestVendor.newKey)
      #expect(refused.status == 503)
      #expect(refused.body.contains(code))
      vault.setFault(nil)
      try await vendor.wait(.seconds(30))
      let answer = try await vendor.answer(to: "What are the prices?", id: "2")
      #expect(!answer.contains("could not be fetched"))
    }
  }

  @Test func anotherKeyPutThereIsTakenOver() throws {
    try test { vault, vendor in
      try await vendor.setUp()
      vendor.vendor.provider.accept(TestVendor.newKey)
      try vault.write(
        ["api_key": Secret(TestVendor.newKey)],
        at: "keyproof/customer-acme",
        as: "administrator"
      )
      _ = try await vendor.answer(to: "What are the prices?", id: "1")
      let sent = vendor.vendor.network.sent(to: FakeProvider.host).suffix(2)
      #expect(
        sent.allSatisfy { $0.head.headerFields[.authorization] == "Bearer \(TestVendor.newKey)" }
      )
      #expect(try await vendor.admin(.get, "key").body.contains(TestVendor.newKey.suffix(4)))
    }
  }

  @Test func aKeyWrittenForAnotherDestinationIsNotSent() throws {
    try test { vault, vendor in
      try await vendor.setUp()
      try vault.write(
        [
          "api_key": Secret(TestVendor.key),
          "destination": Secret("azure\nevil.openai.azure.com\na\nb\n"),
        ],
        at: "keyproof/customer-acme",
        as: "somebody"
      )
      let told = try await vendor.answer(to: "What are the prices?", id: "1")
      #expect(told.contains("could not be fetched"))
    }
  }

  @Test func aTokenThatEndsIsFetchedAnew() throws {
    try test(tokenLifetime: .seconds(30)) { vault, vendor in
      try await vendor.setUp()
      try await vendor.wait(.seconds(60))
      let answer = try await vendor.answer(to: "What are the prices?", id: "1")
      #expect(!answer.contains("could not be fetched"))
      #expect(vault.log.entries.count { $0.operation == .login } >= 2)
      #expect(vault.log.entries.allSatisfy { $0.status < 400 })
    }
  }

  @Test func aWrongSecretIDIsARefusal() throws {
    try test(secretID: "another") { _, vendor in
      let refused = try await vendor.install(TestVendor.key)
      #expect(refused.status == 503)
      #expect(refused.body.contains("secret_manager_refused"))
    }
  }
}
