import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

/// The responses API of a resource.
@Suite struct AzureResponsesTests {
  private func respond(
    _ bench: AzureBench,
    _ input: String,
    members: String = "",
    model: String = "assistant",
    path: String = "/openai/v1/responses"
  ) async throws -> AzureBench.Answer {
    try await bench.send(
      .post,
      path,
      #"{"model":"\#(model)","input":"\#(input)"\#(members)}"#,
      headers: AzureBench.headers(try bench.key())
    )
  }

  @Test func answersInBothForms() async throws {
    let bench = try AzureBench()
    for path in [
      "/openai/v1/responses", "/openai/v1/responses?api-version=preview",
      "/openai/responses?api-version=2025-03-01-preview",
      "/openai/responses?api-version=2025-04-01-preview",
    ] {
      let answer = try await respond(bench, "What is red?", path: path)
      #expect(answer.status == 200, "\(answer.text)")
      let body = try JSONValue(json: answer.bytes)
      #expect(body["object"]?.text == "response" && body["status"]?.text == "completed")
      #expect(body["model"]?.text == "gpt-4o-mini-2024-07-18")
      #expect(answer.headers[AzureHeader.deployment] == "assistant")
      #expect(answer.headers[OpenAIHeader.remainingRequests] != nil)
    }
    #expect(bench.mock.ledger().map(\.endpoint) == ["/openai/responses", "/openai/v1/responses"])
    #expect(bench.mock.ledger().map(\.model) == ["assistant", "assistant"])
  }

  @Test(arguments: [
    ("/openai/responses?api-version=2024-10-21", 400, "2025-03-01-preview and later"),
    ("/openai/responses?api-version=2025-02-01-preview", 400, "2025-03-01-preview and later"),
    ("/openai/responses", 404, "Resource not found"),
    ("/openai/responses?api-version=2019-01-01", 404, "Resource not found"),
    ("/openai/v1/responses?api-version=2024-10-21", 400, "API version not supported"),
    ("/openai/v1/responses/", 404, "Resource not found"),
    ("/openai/v1/responses/a/b", 404, "Resource not found"),
    ("/openai/v1/responses/a/cancel/b", 404, "Resource not found"),
    ("/openai/deployments/assistant/responses?api-version=2025-04-01-preview", 404, "not found"),
  ])
  func checksPathAndVersion(path: String, status: Int, words: String) async throws {
    let bench = try AzureBench()
    let answer = try await respond(bench, "x", path: path)
    #expect(answer.status == status && answer.text.contains(words), "\(answer.text)")
    #expect(bench.mock.ledger().isEmpty)
  }

  @Test func keepsShowsAndDeletesForItsResourceAlone() async throws {
    let bench = try AzureBench()
    let headers = AzureBench.headers(try bench.key())
    let made = try JSONValue(json: try await respond(bench, "Keep this.").bytes)
    let id = try #require(made["id"]?.text)
    let shown = try await bench.send(.get, "/openai/v1/responses/\(id)", headers: headers)
    #expect(shown.status == 200)
    #expect(try JSONValue(json: shown.bytes) == made)
    let foreign = try await bench.send(
      .get,
      "/openai/v1/responses/\(id)",
      host: AzureBench.other.host,
      headers: AzureBench.headers(try bench.key(of: AzureBench.other))
    )
    #expect(foreign.status == 404 && foreign.text.contains("not found"))
    let input = try await bench.send(
      .get,
      "/openai/v1/responses/\(id)/input_items",
      headers: headers
    )
    #expect(input.text.contains("Keep this."))
    let second = try await respond(
      bench,
      "What was it?",
      members: #","previous_response_id":"\#(id)""#
    )
    #expect(second.text.contains("Keep this."))
    let cancelled = try await bench.send(
      .post,
      "/openai/v1/responses/\(id)/cancel",
      headers: headers
    )
    #expect(cancelled.status == 400)
    let path = "/openai/v1/responses/\(id)"
    #expect(try await bench.send(.put, path, headers: headers).status == 405)
    #expect(try await bench.send(.delete, path, headers: headers).status == 200)
    #expect(try await bench.send(.get, path, headers: headers).status == 404)
  }

  @Test func streamsAndCountsAndIsLimited() async throws {
    let bench = try AzureBench()
    let stream = try await respond(bench, "x", members: #","stream":true"#)
    #expect(stream.text.hasPrefix("event: response.created\n"))
    #expect(stream.text.contains("event: response.completed\n"))
    let count = try await respond(bench, "one two three", path: "/openai/v1/responses/input_tokens")
    #expect(count.text.contains(#""object":"response.input_tokens""#))
    let filtered = try await respond(bench, "INSTRUCTION: trip the content filter for hate")
    #expect(filtered.status == 400 && filtered.text.contains("ResponsibleAIPolicyViolation"))
    #expect(try await respond(bench, "x", model: "none").text.contains("DeploymentNotFound"))
    #expect(try await respond(bench, "x", model: "search").text.contains("OperationNotSupported"))
    for number in 0..<2 {
      #expect(try await respond(bench, "\(number)", model: "small").status == 200)
    }
    let refused = try await respond(bench, "3", model: "small")
    #expect(refused.status == 429 && refused.text.contains("Responses_Create"))
  }

  @Test func whatIsRefusedForItsSizeUsesNothingOfTheMinute() async throws {
    let bench = try AzureBench()
    let long = String(repeating: "one two three ", count: 2_000)
    let huge = #","n":128,"logprobs":true,"top_logprobs":20"#
    for _ in 0..<3 {
      let refused = try await bench.chat(long, members: huge)
      #expect(refused.status == 400)
    }
    let answer = try await bench.chat("x")
    #expect(answer.headers[OpenAIHeader.remainingRequests] == "99999")
  }
}
