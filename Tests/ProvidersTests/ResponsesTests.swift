import HTTPTypes
import Hummingbird
import NIOCore
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct ResponsesTests {
  private func respond(_ bench: Bench, _ body: String) async throws -> Bench.Answer {
    try await bench.post("/v1/responses", body, key: bench.key.secret)
  }

  @Test func answersWithEveryMember() async throws {
    let bench = try Bench()
    let answer = try await respond(
      bench,
      """
      {"model":"gpt-4o-mini","input":"How long?","instructions":"Be brief","temperature":0.5,\
      "metadata":{"a":"b"},"text":{"verbosity":"low"}}
      """
    )
    #expect(answer.status == 200)
    let response = answer.json
    #expect(response["id"]?.text?.hasPrefix("resp_") == true && response["id"]?.text?.count == 55)
    #expect(response["object"]?.text == "response" && response["status"]?.text == "completed")
    #expect(response["model"]?.text == "gpt-4o-mini-2024-07-18")
    #expect(response["instructions"]?.text == "Be brief")
    #expect(response["temperature"]?.number == 0.5)
    #expect(response.at("metadata.a")?.text == "b")
    #expect(response.at("text.verbosity")?.text == "low")
    #expect(response.at("text.format.type")?.text == "text")
    let text = try #require(response.at("output.0.content.0.text")?.text)
    #expect(text.contains("How long?") && text.contains("Be brief"))
    let call = try #require(bench.observed.first)
    #expect(response.at("usage.input_tokens")?.wholeNumber == call.promptTokens)
    #expect(response.at("usage.output_tokens")?.wholeNumber == call.completionTokens)
    #expect(call.endpoint == "/v1/responses" && call.outcome == .completed)
    #expect(text.hasPrefix("[\(call.completionMarker ?? "")] "))
    #expect(bench.mock.ledger().first?.promptTokens == call.promptTokens)
    #expect(answer.headers[OpenAIHeader.remainingTokens] != nil)
  }

  @Test func streamsItsEventsInOrder() async throws {
    let bench = try Bench()
    let answer = try await respond(
      bench,
      #"{"model":"gpt-4o","input":[{"role":"user","content":"How long?"}],"stream":true}"#
    )
    #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
    #expect(!answer.body.text.contains("[DONE]"))
    let events = answer.records
    #expect(events.compactMap { $0["sequence_number"]?.wholeNumber } == Array(0..<events.count))
    var types = events.compactMap { $0["type"]?.text }
    let names = answer.body.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }
    #expect(names.map { $0.dropFirst(7) }.elementsEqual(types.map { $0[...] }))
    let deltas = events.filter { $0["type"]?.text == "response.output_text.delta" }
    #expect(deltas.count == 10)
    types.removeAll { $0 == "response.output_text.delta" }
    #expect(
      types == [
        "response.created", "response.in_progress", "response.output_item.added",
        "response.content_part.added", "response.output_text.done", "response.content_part.done",
        "response.output_item.done", "response.completed",
      ]
    )
    let text = deltas.compactMap { $0["delta"]?.text }.joined()
    let last = try #require(events.last?["response"])
    #expect(last.at("output.0.content.0.text")?.text == text)
    #expect(last.at("usage.output_tokens")?.wholeNumber == bench.observed[0].completionTokens)
    #expect(events[0].at("response.status")?.text == "in_progress")
    #expect(events[0].at("response.usage") == .null)
    #expect(deltas.allSatisfy { $0["item_id"] == last.at("output.0.id") })
  }

  @Test func goesOnFromAnEarlierResponse() async throws {
    let bench = try Bench()
    let first = try await respond(
      bench,
      #"{"model":"gpt-4o","input":"My name is Rosa","instructions":"SECRETRULE"}"#
    )
    let id = try #require(first.json["id"]?.text)
    let second = try await respond(
      bench,
      #"{"model":"gpt-4o","input":"Who am I?","previous_response_id":"\#(id)"}"#
    )
    let text = try #require(second.json.at("output.0.content.0.text")?.text)
    #expect(text.contains("My name is Rosa"))
    #expect(bench.observed[1].prompt.contains("My name is Rosa"))
    let firstTokens = first.json.at("usage.input_tokens")?.wholeNumber ?? 0
    #expect((second.json.at("usage.input_tokens")?.wholeNumber ?? 0) > firstTokens)
    let unknown = try await respond(
      bench,
      #"{"model":"gpt-4o","input":"x","previous_response_id":"resp_none"}"#
    )
    #expect(unknown.status == 400 && unknown.error?.code == "previous_response_not_found")
  }

  @Test func keepsShowsAndDeletes() async throws {
    let bench = try Bench()
    let made = try await respond(bench, #"{"model":"gpt-4o","input":"Keep me"}"#)
    let id = try #require(made.json["id"]?.text)
    #expect(try await bench.get("/v1/responses/\(id)").body.bytes == made.body.bytes)
    let items = try await bench.get("/v1/responses/\(id)/input_items").json
    #expect(items.at("data.0.content.0.text")?.text == "Keep me")
    #expect(items["first_id"] == items.at("data.0.id"))
    let elsewhere = try bench.mock.createProject("Other", organization: bench.organization)
    let stranger = try bench.mock.createKey("other", project: elsewhere)
    #expect(try await bench.get("/v1/responses/\(id)", key: stranger.secret).status == 404)
    let cancelled = try await bench.post(
      "/v1/responses/\(id)/cancel",
      "",
      key: bench.key.secret
    )
    #expect(cancelled.status == 400)
    let deleted = try await bench.send(.delete, "/v1/responses/\(id)", key: bench.key.secret)
    #expect(deleted.status == 200 && deleted.json["deleted"]?.flag == true)
    #expect(try await bench.get("/v1/responses/\(id)").status == 404)
    let unkept = try await respond(bench, #"{"model":"gpt-4o","input":"x","store":false}"#)
    let unkeptID = unkept.json["id"]?.text ?? ""
    #expect(try await bench.get("/v1/responses/\(unkeptID)").status == 404)
  }

  @Test func callsFunctions() async throws {
    let bench = try Bench()
    let tool = #"{"type":"function","name":"now","parameters":{"type":"object","properties":{}}}"#
    let body = #"{"model":"gpt-4o","input":"Time?","tools":[\#(tool)],"tool_choice":"required"S}"#
    let answer = try await respond(bench, body.replacing("\"required\"S", with: "\"required\""))
    let item = try #require(answer.json.at("output.0"))
    #expect(item["type"]?.text == "function_call" && item["name"]?.text == "now")
    #expect(item["arguments"]?.text == "{}" && item["id"]?.text?.hasPrefix("fc_") == true)
    let callID = try #require(item["call_id"]?.text)
    let id = try #require(answer.json["id"]?.text)
    let result = #"{"type":"function_call_output","call_id":"\#(callID)","output":"noon"}"#
    let after = try await respond(
      bench,
      #"{"model":"gpt-4o","previous_response_id":"\#(id)","input":[\#(result)],"tools":[\#(tool)]}"#
    )
    #expect(after.json.at("output.0.content.0.text")?.text?.contains("noon") == true)

    let stream = try await respond(
      bench,
      body.replacing("\"required\"S", with: "\"required\",\"stream\":true")
    )
    let types = stream.records.compactMap { $0["type"]?.text }
    #expect(types.contains("response.function_call_arguments.delta"))
    #expect(
      types.suffix(3) == [
        "response.function_call_arguments.done", "response.output_item.done", "response.completed",
      ]
    )
  }

  @Test func endsAtItsTokenLimit() async throws {
    let bench = try Bench()
    let words = String(repeating: "word ", count: 100)
    for stream in [false, true] {
      let answer = try await respond(
        bench,
        #"{"model":"gpt-4o","input":"\#(words)","max_output_tokens":16,"stream":\#(stream)}"#
      )
      let response = stream ? answer.records.last?["response"] : answer.json
      #expect(response?["status"]?.text == "incomplete")
      #expect(response?.at("incomplete_details.reason")?.text == "max_output_tokens")
      if stream { #expect(answer.records.last?["type"]?.text == "response.incomplete") }
    }
  }

  @Test(arguments: [
    (#"{"model":"gpt-9","input":"x"}"#, "model", "model_not_found"),
    (#"{"model":"gpt-4o"}"#, "input", "missing_required_parameter"),
    (#"{"input":"x"}"#, "model", "missing_required_parameter"),
    (
      #"{"model":"gpt-4o","input":"x","max_output_tokens":15}"#, "max_output_tokens",
      "invalid_value"
    ),
    (#"{"model":"gpt-4o","input":"x","messages":[]}"#, "messages", "unknown_parameter"),
    (#"{"model":"gpt-4o","input":[]}"#, "input", "invalid_value"),
    (
      #"{"model":"gpt-4o","input":[{"role":"user"}]}"#, "input[0].content",
      "missing_required_parameter"
    ),
    (#"{"model":"gpt-4o","input":[{"type":"x"}]}"#, "input[0].type", "invalid_value"),
    (#"{"model":"gpt-4o","input":"x","background":true}"#, "background", "unsupported_parameter"),
    (
      #"{"model":"gpt-4o","input":"x","conversation":"conv_1"}"#, "conversation",
      "unsupported_parameter"
    ),
    (
      #"{"model":"gpt-4o","input":"x","prompt":{"id":"pmpt_1"}}"#, "prompt",
      "unsupported_parameter"
    ),
    (#"{"model":"gpt-4o","input":7}"#, "input", "invalid_type"),
    (#"{"model":"gpt-4o","input":"x","store":"no"}"#, "store", "invalid_type"),
    (#"{"model":"gpt-4o","input":"x","top_p":"1"}"#, "top_p", "invalid_type"),
    (#"{"model":"gpt-4o","input":"x","top_p":2}"#, "top_p", "invalid_value"),
    (
      #"{"model":"gpt-4o","input":[{"role":"user","content":7}]}"#, "input[0].content",
      "invalid_type"
    ),
    (
      #"{"model":"gpt-4o","input":"x","reasoning":{"effort":"huge"}}"#, "reasoning.effort",
      "invalid_value"
    ),
  ])
  func refusesBadRequests(body: String, param: String, code: String) async throws {
    let bench = try Bench()
    let answer = try await respond(bench, body)
    #expect(answer.status == 400)
    #expect(answer.error?.param == param && answer.error?.code == code)
    #expect(bench.mock.ledger().isEmpty)
  }

  /// Raised behind the edge; an unknown model of a chat is not.
  @Test func anUnknownModelIsRefusedInTheOrganizationsName() async throws {
    let bench = try Bench()
    let deep = try await respond(bench, #"{"model":"gpt-9","input":"x"}"#)
    #expect(deep.headers[OpenAIHeader.organization]?.hasPrefix("org-") == true)
    #expect(deep.headers[OpenAIHeader.project] == bench.project)
    #expect(deep.headers[OpenAIHeader.version] == "2020-10-01")
    #expect(deep.headers[OpenAIHeader.processingMilliseconds] != nil)
    #expect(deep.headers[OpenAIHeader.requestID] != nil)
    #expect(deep.headers[.contentType] == "application/json")
    let edge = try await bench.chat("x", model: "gpt-9")
    #expect(edge.headers[OpenAIHeader.version] == nil)
    #expect(edge.headers[.contentType] == "application/json; charset=utf-8")
  }

  @Test func countsInputTokens() async throws {
    let bench = try Bench()
    let body = #"{"model":"gpt-4o","input":"How long is the notice period?"}"#
    let counted = try await bench.post("/v1/responses/input_tokens", body, key: bench.key.secret)
    let answered = try await respond(bench, body)
    #expect(counted.json["input_tokens"] == answered.json.at("usage.input_tokens"))
    #expect(bench.mock.ledger().map(\.calls) == [1])
  }
}
