import HTTPTypes
import Orchestrator
import Testing
import Worlds

@Suite struct DeploymentTests {
  private static func deploying(
    _ deployment: DeploymentModel
  ) -> @Sendable (inout OrchestratorConfiguration) -> Void {
    { $0.tenants[0].deployment = deployment }
  }

  @Test func `Without an account of the vendor's own nobody is hosted`() throws {
    for deployment in [DeploymentModel.hosted, .hybrid] {
      try TestVendor.test(configure: Self.deploying(deployment)) { vendor in
        #expect(throws: ConfigurationFault.missingSecret("modelKey")) { _ = try vendor.start() }
      }
    }
  }

  @Test func `A self-hosted customer has a model server`() throws {
    try TestVendor.test(configure: Self.deploying(.selfHosted)) { vendor in
      #expect(throws: ConfigurationFault.badURL(setting: "tenants.modelServer", value: "")) {
        _ = try vendor.start()
      }
    }
  }

  @Test func `A hosted customer installs no key, and is answered until it cancels`() throws {
    try TestVendor.test(configure: Self.deploying(.hosted)) { vendor in
      vendor.provider.accept(TestVendor.newKey)
      try await vendor.running(modelKey: TestVendor.newKey) { running in
        #expect(try await running.install(TestVendor.key).status == 409)
        try await running.put("# Travel\n\nPolicy canary-common.", named: "t.md", in: "common")
        #expect(try await running.answer(to: "Travel?", id: "m1").contains("canary-common"))
        let calls = vendor.provider.calls
        #expect(!calls.isEmpty && calls.allSatisfy { $0.key == TestVendor.newKey })
        #expect(try await running.admin(.delete, "subscription").status == 200)
        #expect(try await running.answer(to: "Travel?", id: "m2").contains("subscription"))
        #expect(vendor.provider.calls.count == calls.count)
        #expect(try await running.admin(.delete, "subscription").status == 409)
      }
    }
  }

  @Test func `A hybrid customer's answers run on its key, and its embeddings do not`() throws {
    try TestVendor.test(configure: Self.deploying(.hybrid)) { vendor in
      vendor.provider.accept(TestVendor.key, TestVendor.newKey)
      try await vendor.running(modelKey: TestVendor.newKey) { running in
        try await running.setUp()
        _ = try await running.answer(to: "Travel?", id: "m1")
        #expect(vendor.provider.chatCalls.map(\.key) == [TestVendor.key])
        let embeddings = vendor.provider.calls.filter { $0.path.hasSuffix("/embeddings") }
        // The first is the check of the customer's key.
        #expect(embeddings.first?.key == TestVendor.key)
        #expect(embeddings.dropFirst().allSatisfy { $0.key == TestVendor.newKey })
        #expect(embeddings.count >= 5)
      }
    }
  }
}
