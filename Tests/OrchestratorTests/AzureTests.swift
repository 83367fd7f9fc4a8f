import Foundation
import HTTPTypes
import Orchestrator
import Secrets
import Testing
import Worlds

@Suite struct AzureTests {
  private static let azureKey = "azure-mock-0123456789abcdefghijklmnop"

  @Test func `Every call goes to the administrator's resource, with the key in its header`() throws
  {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        vendor.provider.accept(Self.azureKey)
        let installed = try await running.installAzure(Self.azureKey)
        #expect(installed.status == 200)
        #expect(installed.body.contains(#""provider":"azure""#))
        #expect(installed.body.contains(#""endpoint":"https://acme-openai.openai.azure.com""#))
        #expect(installed.body.contains(#""chat_deployment":"assistant""#))
        #expect(installed.body.contains(#""api_version":"2024-10-21""#))
        #expect(!installed.body.contains(Self.azureKey))
        try await running.put("# T\n\nTravel canary-common.", named: "t.md", in: "common")
        #expect(try await running.answer(to: "travel?", id: "1").contains("canary-common"))
        let calls = vendor.provider.calls
        #expect(calls.allSatisfy { $0.host == FakeProvider.azureHost && $0.key == Self.azureKey })
        #expect(calls.allSatisfy { $0.query == "api-version=2024-10-21" })
        #expect(
          Set(calls.map(\.path)) == [
            "/openai/deployments/assistant/chat/completions",
            "/openai/deployments/search/embeddings",
          ]
        )
        #expect(vendor.network.sent(to: FakeProvider.host).isEmpty)
      }
    }
  }

  @Test func `Without a version the paths have none`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running async throws in
        vendor.provider.accept(Self.azureKey)
        #expect(try await running.installAzure(Self.azureKey, version: nil).status == 200)
        #expect(try await running.answer(to: "hello there", id: "1").contains("hello there"))
        let paths = Set(vendor.provider.calls.map(\.path))
        #expect(paths == ["/openai/v1/chat/completions", "/openai/v1/embeddings"])
        #expect(vendor.provider.calls.allSatisfy { $0.query.isEmpty })
        #expect(try await running.admin(.get, "key").body.contains(#""api_version":"v1""#))
      }
    }
  }

  @Test func `From OpenAI to Azure and back, each key goes to its own provider`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        // The index is kept in the background as well, on the first key.
        try await running.wait()
        vendor.provider.accept(TestVendor.key, Self.azureKey)
        var seen = vendor.provider.calls.count
        func hosts() -> Set<String> {
          defer { seen = vendor.provider.calls.count }
          return Set(vendor.provider.calls.dropFirst(seen).map { "\($0.host) \($0.key)" })
        }
        #expect(try await running.installAzure(Self.azureKey).status == 200)
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        #expect(hosts() == ["\(FakeProvider.azureHost) \(Self.azureKey)"])
        #expect(try await running.install(TestVendor.key).status == 200)
        #expect(try await running.answer(to: "travel policy?", id: "2").contains("canary-common"))
        #expect(hosts() == ["\(FakeProvider.host) \(TestVendor.key)"])
      }
    }
  }

  @Test func `What is no resource of Azure's gets no request`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        vendor.provider.accept(Self.azureKey)
        for endpoint in [
          "http://acme-openai.openai.azure.com", "https://evil.example",
          "https://acme-openai.openai.azure.com.evil.example", "https://openai.azure.com",
          "https://evil.example/.openai.azure.com", "https://a.b.openai.azure.com",
          "https://acme-openai.openai.azure.com:8443", "https://acme-openai.openai.azure.com/x",
          "https://u@acme-openai.openai.azure.com", "https://169.254.169.254", "",
        ] {
          let answer = try await running.installAzure(Self.azureKey, endpoint: endpoint)
          #expect(answer.status == 400 && answer.body.contains("bad_endpoint"), "\(endpoint)")
        }
        for name in ["", "a/b", "a b", "../models", String(repeating: "a", count: 65)] {
          let answer = try await running.installAzure(Self.azureKey, chat: name)
          #expect(answer.body.contains("bad_deployment"), "\(name)")
        }
        for version in ["", "latest&x=y", "2024-1-1", "2024-10-21-beta"] {
          let answer = try await running.installAzure(Self.azureKey, version: version)
          #expect(answer.body.contains("bad_deployment"), "\(version)")
        }
        let body = #"{"provider":"aws","api_key":"azure-mock-0123456789"}"#
        #expect(try await running.admin(.put, "key", body: body).status == 400)
        let mixed = #"{"endpoint":"https://x.openai.azure.com","api_key":"sk-0123456789"}"#
        #expect(try await running.admin(.put, "key", body: mixed).status == 400)
        #expect(vendor.provider.calls.isEmpty)
        #expect(try await running.admin(.get, "key").body == #"{"state":"none"}"#)
      }
    }
  }

  @Test func `Key, deployments and model are tried before they go live`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        try await running.setUp()
        vendor.provider.accept(TestVendor.key, Self.azureKey)
        let wrong = try await running.installAzure("azure-mock-wrong-key-00000000")
        #expect(wrong.status == 422 && wrong.body.contains("key_rejected"))
        let chat = try await running.installAzure(Self.azureKey, chat: "missing")
        #expect(chat.status == 400 && chat.body.contains("deployment_rejected"))
        let embeddings = try await running.installAzure(Self.azureKey, embeddings: "missing")
        #expect(embeddings.body.contains("deployment_rejected"))
        let other = try await running.installAzure(Self.azureKey, embeddings: "other")
        #expect(other.status == 400 && other.body.contains("other_model"))
        let state = try await running.admin(.get, "key").body
        #expect(state.contains(#""provider":"openai""#) && state.contains(#""version":1"#))
        #expect(state.contains(#""state":"active""#))
      }
    }
  }

  @Test func `A prompt that the filter stops is refused once, and says so`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        vendor.provider.accept(Self.azureKey)
        try await running.installAzure(Self.azureKey)
        let filtered = FakeNetwork.Reply.json(
          #"{"error":{"message":"m","type":null,"code":"content_filter","status":400}}"#,
          status: 400
        )
        let before = vendor.provider.chatCalls.count
        vendor.provider.script("/chat/completions", [filtered])
        #expect(try await running.answer(to: "hello", id: "1").contains("content filter"))
        #expect(vendor.provider.chatCalls.count == before + 1)
      }
    }
  }

  @Test func `A key opens for no other address than the one it was installed with`() throws {
    try TestVendor.test { vendor in
      try await vendor.running { running in
        vendor.provider.accept(Self.azureKey)
        try await running.installAzure(Self.azureKey)
      }
      let file = vendor.storage.appendingPathComponent("orchestrator.sqlite")
      var content = try Data(contentsOf: file)
      // As long as before, so that the file stays a whole one.
      while let place = content.range(of: Data("acme-openai".utf8)) {
        content.replaceSubrange(place, with: Data("evil-openai".utf8))
      }
      #expect(content.range(of: Data("azure\nevil-openai.openai.azure.com".utf8)) != nil)
      try content.write(to: file)
      let calls = vendor.provider.calls.count
      try await vendor.running { running async throws in
        _ = try await running.answer(to: "hello", id: "1")
        #expect(vendor.provider.calls.count == calls)
        #expect(vendor.network.sent(to: "evil-openai.openai.azure.com").isEmpty)
      }
    }
  }

  @Test func `A destination reads back as it was written`() {
    let azure = ModelDestination.azure(
      AzureEndpoint(
        host: "a.openai.azure.com",
        chatDeployment: "c",
        embeddingsDeployment: "e",
        apiVersion: nil
      )
    )
    for destination in [ModelDestination.openAI, azure] {
      #expect(ModelDestination(storedText: destination.storedText) == destination)
    }
    #expect(ModelDestination(storedText: "azure\nhost") == nil)
    #expect(ModelDestination(storedText: "") == nil)
  }
}
