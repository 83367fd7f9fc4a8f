import Foundation
import HTTPTypes
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct AzureChatTests {
  private func object(_ answer: AzureBench.Answer) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(answer.bytes))
    return try #require(value as? [String: Any])
  }

  @Test func answersWithTheDeploymentsModelAndWhatTheFilterFound() async throws {
    let bench = try AzureBench()
    let answer = try await bench.chat("How many days?")
    #expect(answer.status == 200)
    let body = try object(answer)
    #expect(body["model"] as? String == "gpt-4o-mini-2024-07-18")
    let prompt = try #require((body["prompt_filter_results"] as? [[String: Any]])?.first)
    let found = try #require(prompt["content_filter_results"] as? [String: [String: Any]])
    #expect(Set(found.keys) == ["hate", "self_harm", "sexual", "violence", "jailbreak"])
    #expect(found["hate"]?["severity"] as? String == "safe")
    #expect(found["jailbreak"]?["detected"] as? Bool == false)
    let choice = try #require((body["choices"] as? [[String: Any]])?.first)
    let own = try #require(choice["content_filter_results"] as? [String: Any])
    #expect(own.keys.count == 4 && own["jailbreak"] == nil)
    let message = try #require(choice["message"] as? [String: Any])
    #expect((message["content"] as? String)?.contains("How many days?") == true)
    #expect(answer.headers[AzureHeader.region] == "Sweden Central")
    #expect(answer.headers[AzureHeader.deployment] == "assistant")
    #expect(UUID(uuidString: answer.headers[AzureHeader.gatewayRequestID] ?? "") != nil)
    #expect(UUID(uuidString: answer.headers[OpenAIHeader.requestID] ?? "") != nil)
    #expect(answer.headers[OpenAIHeader.remainingRequests] == "99999")
    #expect(answer.headers[OpenAIHeader.organization] == nil)
    let call = try #require(bench.observed.first)
    #expect(call.host == "acme-openai.openai.azure.com" && call.model == "assistant")
    #expect(call.projectID == "acme-openai" && call.keyID == "acme-openai/key1/1")
    #expect(call.outcome == .completed && call.order == 1)
    #expect(call.endpoint == "/openai/deployments/assistant/chat/completions")
  }

  @Test func streamsARecordOfTheFilterFirst() async throws {
    let bench = try AzureBench()
    let answer = try await bench.chat("Stream this", members: #","stream":true"#)
    let records = answer.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
    #expect(records.last == "data: [DONE]")
    let parsed = try records.dropLast().map { record in
      try #require(
        JSONSerialization.jsonObject(with: Data(record.dropFirst(6).utf8)) as? [String: Any]
      )
    }
    let first = try #require(parsed.first)
    #expect((first["choices"] as? [Any])?.isEmpty == true && first["object"] as? String == "")
    #expect(first["prompt_filter_results"] != nil && first["id"] as? String == "")
    let role = try #require((parsed[1]["choices"] as? [[String: Any]])?.first)
    #expect((role["content_filter_results"] as? [String: Any])?.isEmpty == true)
    let piece = try #require((parsed[2]["choices"] as? [[String: Any]])?.first)
    #expect((piece["content_filter_results"] as? [String: Any])?.count == 4)
    #expect(bench.mock.ledger().map(\.calls) == [1])
  }

  @Test func readsItsOwnStreamsAsTheOrchestratorDoes() async throws {
    let bench = try AzureBench()
    let answer = try await bench.chat("Read this back", members: #","stream":true"#)
    var parser = ServerSentEventParser()
    var text = ""
    for payload in try parser.feed(ByteBuffer(string: answer.text).readableBytesView) {
      guard case .chunk(let chunk) = try ChatStreamRecord(payload: payload) else { continue }
      for choice in chunk.choices { text += choice.delta.content ?? "" }
    }
    #expect(text.contains("Read this back"))
  }

  @Test(arguments: [
    ("", "violence"), (" for self_harm", "self_harm"), (" for hate.", "hate"),
    (" for jailbreak", "jailbreak"), (" for nothing", "violence"),
  ])
  func stopsAPromptThatTheFilterObjectsTo(suffix: String, category: String) async throws {
    let bench = try AzureBench()
    let answer = try await bench.chat("Instruction: Trip the content filter\(suffix)")
    #expect(answer.status == 400)
    let error = try #require(try object(answer)["error"] as? [String: Any])
    #expect(error["code"] as? String == "content_filter" && error["status"] as? Int == 400)
    #expect(error["param"] as? String == "prompt" && error["type"] is NSNull)
    let message = try #require(error["message"] as? String)
    #expect(message.hasPrefix("The response was filtered due to the prompt triggering Azure"))
    let inner = try #require(error["innererror"] as? [String: Any])
    #expect(inner["code"] as? String == "ResponsibleAIPolicyViolation")
    let found = try #require(inner["content_filter_result"] as? [String: [String: Any]])
    #expect(found.filter { $0.value["filtered"] as? Bool == true }.map(\.key) == [category])
    #expect(bench.mock.ledger().isEmpty && bench.observed.first?.errorCode == "content_filter")
  }

  @Test func embedsInBothForms() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.headers(try bench.key())
    let classic = try await bench.send(
      .post,
      "/openai/deployments/search/embeddings?\(AzureBench.version)",
      #"{"input":["a","b"],"dimensions":256}"#,
      headers: headers
    )
    let v1 = try await bench.send(
      .post,
      "/openai/v1/embeddings",
      #"{"input":["a","b"],"dimensions":256,"model":"search"}"#,
      headers: headers
    )
    for answer in [classic, v1] {
      #expect(answer.status == 200)
      let response = try EmbeddingsResponse(json: answer.bytes)
      #expect(response.data.map(\.embedding.values.count) == [256, 256])
      #expect(response.model == "text-embedding-3-small")
    }
    #expect(classic.text == v1.text)
    #expect(bench.observed.map(\.model) == ["search", "search"])
  }

  @Test func listsModelsAndDeployments() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.headers(try bench.key())
    func names(_ path: String) async throws -> [String] {
      let answer = try await bench.send(.get, path, headers: headers)
      let data = try #require(try object(answer)["data"] as? [[String: Any]])
      return data.compactMap { $0["id"] as? String }
    }
    #expect(try await names("/openai/v1/models") == ["assistant", "search", "small"])
    #expect(try await names("/openai/models?\(AzureBench.version)").contains("gpt-4o"))
    let one = try await bench.send(.get, "/openai/v1/models/search", headers: headers)
    #expect(one.status == 200 && one.text.contains(#""model":"text-embedding-3-small""#))
    #expect(try await bench.send(.get, "/openai/v1/models/none", headers: headers).status == 404)
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test func booksByKeyResourceAndDeployment() async throws {
    let bench = try AzureBench()
    _ = try await bench.chat("one")
    _ = try await bench.chat("two")
    _ = try await bench.chat("three", key: try bench.key(.key2))
    _ = try await bench.chat("four", deployment: "small")
    _ = try await bench.chat(
      "five",
      key: try bench.key(of: AzureBench.other),
      host: AzureBench.other.host
    )
    let rows = bench.mock.ledger()
    #expect(
      rows.map(\.keyID) == [
        "acme-openai/key1/1", "acme-openai/key1/1", "acme-openai/key2/1", "acme-other/key1/1",
      ]
    )
    #expect(rows.map(\.projectID) == ["acme-openai", "acme-openai", "acme-openai", "acme-other"])
    #expect(rows.map(\.calls) == [2, 1, 1, 1])
    #expect(rows.map(\.model) == ["assistant", "small", "assistant", "assistant"])
    let booked = rows.reduce(0) { $0 + $1.promptTokens + $1.completionTokens }
    let seen = bench.observed.reduce(0) { $0 + $1.promptTokens + $1.completionTokens }
    #expect(booked == seen && booked > 0)
  }

  @Test func theSameSeedGivesTheSameBytes() async throws {
    let first = try await AzureBench(seed: 7).chat("Again", members: #","stream":true"#)
    let second = try await AzureBench(seed: 7).chat("Again", members: #","stream":true"#)
    let third = try await AzureBench(seed: 8).chat("Again", members: #","stream":true"#)
    #expect(first.text == second.text && first.headers == second.headers)
    #expect(first.text != third.text)
  }
}
