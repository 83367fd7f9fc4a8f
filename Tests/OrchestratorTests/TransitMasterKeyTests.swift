import Foundation
import HTTPTypes
import Orchestrator
import SecretManagers
import Secrets
import Testing
import Worlds

/// The product with its customers' keys in its own database, under a master key that Vault keeps.
@Suite struct TransitMasterKeyTests {
  private static let host = "vault.vendor.example"

  private static func vault(_ vendor: TestVendor) -> VaultMock {
    let role = VaultRole.wrapper(
      name: "assistant",
      roleID: "role",
      secretID: Secret("vault-secret-id"),
      key: "keyproof"
    )
    let vault = VaultMock(roles: [role], clock: vendor.time, randomness: Randomness(seed: 3))
    vault.createTransitKey("keyproof")
    return vault
  }

  private func test(
    _ body: @escaping @Sendable (VaultMock, TestVendor) async throws -> Void
  ) throws {
    try TestVendor.test(
      configure: { configuration in
        configuration.custody.masterKey = .transit
        configuration.custody.vault = .init(address: "https://\(Self.host)", roleID: "role")
        // No file stands in for it.
        configuration.masterKeyFile = "/nowhere/master.key"
      },
      { vendor in
        let vault = Self.vault(vendor)
        vendor.network.serve(Self.host, with: vault.responder)
        try await body(vault, vendor)
      }
    )
  }

  @Test func eachCallOfTheModelUnwrapsOnce() throws {
    try test { vault, vendor in
      try await vendor.running { running in
        try await running.setUp()
        let before = vault.log.entries.count { $0.operation == .decrypt && $0.succeeded }
        let calls = vendor.network.sent(to: FakeProvider.host).count
        _ = try await running.answer(to: "What are the prices?", id: "1")
        let made = vendor.network.sent(to: FakeProvider.host).count - calls
        #expect(made == 2)
        let after = vault.log.entries.count { $0.operation == .decrypt && $0.succeeded }
        #expect(after - before == made)
      }
    }
  }

  @Test func whatIsOnDiskDoesNotOpenWithoutVault() throws {
    try test { vault, vendor in
      try await vendor.running { running in
        try await running.setUp()
        _ = try await running.answer(to: "What are the prices?", id: "1")
      }
      // The same storage, and a transit key of the same name that is another one.
      let role = VaultRole.wrapper(
        name: "assistant",
        roleID: "role",
        secretID: Secret("vault-secret-id"),
        key: "keyproof"
      )
      let other = VaultMock(roles: [role], clock: vendor.time, randomness: Randomness(seed: 4))
      other.createTransitKey("keyproof")
      vendor.network.serve(Self.host, with: other.responder)
      let calls = vendor.network.sent(to: FakeProvider.host).count
      try await vendor.running { running async throws in
        let told = try await running.answer(to: "What are the prices?", id: "2")
        #expect(told.contains("could not be fetched"))
      }
      #expect(vendor.network.sent(to: FakeProvider.host).count == calls)
    }
  }

  @Test(arguments: [ManagerFault.sealed, .refusing, .slow(.seconds(20))])
  func troubleIsAPlainRefusal(fault: ManagerFault) throws {
    try test { vault, vendor in
      try await vendor.running { running in
        try await running.setUp()
        vault.setFault(fault)
        try await running.ask("What are the prices?", id: "1")
        try await running.wait(.seconds(30))
        #expect(vendor.platforms.replies(to: "1").joined().contains("could not be fetched"))
        #expect(try await running.install(TestVendor.key).status == 503)
        vault.setFault(nil)
        try await running.wait(.seconds(30))
        let answer = try await running.answer(to: "What are the prices?", id: "2")
        #expect(!answer.contains("cannot answer"))
      }
    }
  }

  @Test func aRemovedKeyIsGoneAndAnotherTakesItsPlace() throws {
    try test { _, vendor in
      try await vendor.running { running in
        try await running.setUp()
        #expect(try await running.admin(.delete, "key").status == 200)
        #expect(try await running.answer(to: "Hello?", id: "1").contains("no OpenAI key"))
        #expect(try await running.install(TestVendor.key).status == 200)
        let answer = try await running.answer(to: "What are the prices?", id: "2")
        #expect(!answer.contains("cannot answer"))
      }
    }
  }

  @Test func itWantsAVault() throws {
    try TestVendor.test(
      configure: { $0.custody.masterKey = .transit },
      { vendor in
        #expect(throws: ConfigurationFault.missingSetting("custody.vault")) { try vendor.start() }
      }
    )
  }
}
