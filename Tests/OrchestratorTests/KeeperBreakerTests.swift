import Orchestrator
import SecretManagers
import Secrets
import Testing
import Worlds

/// What keeps the customers' keys is spared while it does not answer.
@Suite struct KeeperBreakerTests {
  private static let host = "vault.vendor.example"

  /// After two failures in a row nobody asks Vault for a minute.
  private func test(
    _ body: @escaping @Sendable (VaultMock, RunningVendor) async throws -> Void
  ) throws {
    try TestVendor.test(
      configure: { configuration in
        configuration.custody.keeper = .vault
        configuration.custody.vault = .init(address: "https://\(Self.host)", roleID: "role")
        configuration.limits.failuresUntilPause = 2
        configuration.limits.failurePauseSeconds = 60
      },
      { vendor in
        let role = VaultRole.keeper(
          name: "assistant",
          roleID: "role",
          secretID: Secret("vault-secret-id"),
          folder: "keyproof"
        )
        let vault = VaultMock(roles: [role], clock: vendor.time, randomness: Randomness(seed: 3))
        vendor.network.serve(Self.host, with: vault.responder)
        try await vendor.running { running in
          try await running.setUp()
          try await body(vault, running)
        }
      }
    )
  }

  /// - Returns: how many requests Vault gets because of a question, and what the person is told
  ///   within so many seconds.
  private func ask(
    _ id: String,
    of vendor: RunningVendor,
    within seconds: Int64
  ) async throws -> (requests: Int, told: String) {
    let before = vendor.vendor.network.sent(to: Self.host).count
    try await vendor.ask("What is the travel policy?", id: id)
    try await vendor.wait(.seconds(seconds))
    return (
      vendor.vendor.network.sent(to: Self.host).count - before,
      vendor.vendor.platforms.replies(to: id).joined()
    )
  }

  private func isRefused(_ told: String) -> Bool { told.contains("could not be fetched") }

  @Test func `After failures in a row nobody asks it, then one does, and its outcome counts`()
    throws
  {
    try test { vault, vendor in
      vault.setFault(.slow(.seconds(50)))
      for id in ["1", "2"] {
        let (requests, told) = try await ask(id, of: vendor, within: 20)
        #expect(requests > 0)
        #expect(isRefused(told))
      }
      // Spared, and nobody waits.
      var (requests, told) = try await ask("3", of: vendor, within: 1)
      #expect(requests == 0)
      #expect(isRefused(told))
      try await vendor.wait(.seconds(60))
      (requests, told) = try await ask("4", of: vendor, within: 20)
      #expect(requests > 0)
      #expect(isRefused(told))
      // It is back, and nobody knows yet.
      vault.setFault(nil)
      (requests, told) = try await ask("5", of: vendor, within: 1)
      #expect(requests == 0)
      #expect(isRefused(told))
      try await vendor.wait(.seconds(60))
      for id in ["6", "7"] {
        (requests, told) = try await ask(id, of: vendor, within: 20)
        #expect(requests > 0)
        #expect(told.contains("canary-common"))
      }
    }
  }

  /// What answers is not spared: a refusal costs nobody any time, and may be one customer's alone.
  @Test(arguments: [ManagerFault.sealed, .refusing])
  func `A keeper that refuses is asked each time`(fault: ManagerFault) throws {
    try test { vault, vendor in
      vault.setFault(fault)
      for id in 1...5 {
        let (requests, told) = try await ask("\(id)", of: vendor, within: 5)
        #expect(requests > 0)
        #expect(isRefused(told))
      }
      vault.setFault(nil)
      let (_, told) = try await ask("6", of: vendor, within: 20)
      #expect(told.contains("canary-common"))
    }
  }

  /// An administrator's own try goes past it.
  @Test func `Whoever installs a key asks it all the same`() throws {
    try test { vault, vendor in
      vault.setFault(.slow(.seconds(50)))
      for id in ["1", "2"] { _ = try await ask(id, of: vendor, within: 20) }
      vault.setFault(nil)
      vendor.vendor.provider.accept(TestVendor.newKey)
      #expect(try await vendor.install(TestVendor.newKey).status == 200)
    }
  }
}
