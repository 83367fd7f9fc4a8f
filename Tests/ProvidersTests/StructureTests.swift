import Providers
import Secrets
import Testing
import Wire
import Worlds

/// Answers of a form that was asked for: JSON, schemas, tools.
@Suite struct StructureTests {
  private let tools = """
    ,"tools":[{"type":"function","function":{"name":"find","description":"Finds a rule",\
    "parameters":{"type":"object","properties":{"topic":{"type":"string"},\
    "limit":{"type":"integer","minimum":3}},"required":["topic","limit"],\
    "additionalProperties":false}}},\
    {"type":"function","function":{"name":"now"}},{"type":"custom","custom":{"name":"shell"}}]
    """

  static let schemas = ##"""
    {"type":"object","properties":{"a":{"type":"string"},"b":{"type":["integer","null"]}},
     "required":["a","b"],"additionalProperties":false}

    {"type":"object","properties":{"kind":{"enum":["x","y"]},"one":{"const":7}},
     "required":["kind","one"]}

    {"type":"array","items":{"type":"integer"},"minItems":3,"maxItems":3,"uniqueItems":true}

    {"type":"array","items":{"type":"string","enum":["a","b","c"]},"minItems":3,
     "uniqueItems":true}

    {"type":"number","exclusiveMinimum":1.5,"exclusiveMaximum":1.75}

    {"type":"integer","minimum":-20,"maximum":-11,"multipleOf":5}

    {"type":"integer","exclusiveMaximum":0}

    {"type":"number","maximum":-3.5}

    {"type":"string","minLength":40,"maxLength":41}

    {"type":"string","maxLength":0}

    {"anyOf":[{"type":"boolean"},{"type":"null"}]}

    {"type":"null"}

    {}

    {"type":"object","allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},
     {"properties":{"b":{"type":"boolean"}},"required":["b"]}]}

    {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},
     "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["next","name"],
     "additionalProperties":false}}}

    {"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}},
     "required":["children"]}

    {"type":"object","required":["z","y"],"additionalProperties":{"type":"integer"},
     "minProperties":4}
    """##.split(separator: "\n\n").map(String.init)

  @Test(arguments: schemas)
  func instancesFitTheirSchema(schema: String) async throws {
    let bench = try Bench()
    let format = #"{"type":"json_schema","json_schema":{"name":"s","schema":\#(schema)}}"#
    let answer = try await bench.ask(with: #","response_format":\#(format)"#)
    #expect(answer.status == 200)
    let text = try #require(answer.json.at("choices.0.message.content")?.text)
    let value = try JSONValue(json: Array(text.utf8))
    let parsed = JSONValue(text: schema)
    #expect(SchemaChecker(root: parsed).accepts(value, parsed), "\(text.prefix(300))")
    #expect(text.utf8.count < 100_000)
  }

  @Test func aSchemaWithoutEndEndsAllTheSame() async throws {
    let bench = try Bench()
    let wide = (0..<20).map { ##""p\##($0)":{"$ref":"#"}"## }.joined(separator: ",")
    let required = (0..<20).map { "\"p\($0)\"" }.joined(separator: ",")
    for schema in [
      ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##,
      #"{"type":"object","properties":{\#(wide)},"required":[\#(required)]}"#,
      #"{"type":"array","minItems":1000000,"items":{"type":"array","minItems":100000}}"#,
    ] {
      let format = #"{"type":"json_schema","json_schema":{"name":"s","schema":\#(schema)}}"#
      let answer = try await bench.ask(with: #","response_format":\#(format)"#)
      #expect(answer.status == 200)
      #expect(answer.body.bytes.count < 1 << 20)
    }
  }

  @Test func jsonModeGivesAnObjectWithTheWords() async throws {
    let bench = try Bench()
    let mode = #","response_format":{"type":"json_object"}"#
    let refused = try await bench.ask("Hello", with: mode)
    #expect(refused.status == 400 && refused.error?.param == "messages")
    let answer = try await bench.ask("Hello in JSON", with: mode)
    let text = try #require(answer.json.at("choices.0.message.content")?.text)
    #expect(JSONValue(text: text)["answer"]?.text?.contains("Hello in JSON") == true)
  }

  @Test func callsTheToolThatItMustCall() async throws {
    let bench = try Bench()
    let named = #","tool_choice":{"type":"function","function":{"name":"find"}}"#
    let answer = try await bench.ask(with: tools + named)
    #expect(answer.json.at("choices.0.finish_reason")?.text == "tool_calls")
    #expect(answer.json.at("choices.0.message.content") == .null)
    let call = try #require(answer.json.at("choices.0.message.tool_calls.0"))
    #expect(call["id"]?.text?.hasPrefix("call_") == true && call["id"]?.text?.count == 29)
    let arguments = JSONValue(text: call.at("function.arguments")?.text ?? "")
    #expect(arguments["topic"]?.text?.contains("What is the notice period?") == true)
    #expect(arguments["limit"]?.wholeNumber == 3)
    let required = try await bench.ask(with: tools + #","tool_choice":"required""#)
    #expect(required.json.at("choices.0.message.tool_calls")?.elements?.count == 1)
    for choice in ["", #","tool_choice":"auto""#, #","tool_choice":"none""#] {
      let words = try await bench.ask(with: tools + choice)
      #expect(words.json.at("choices.0.finish_reason")?.text == "stop")
    }
    #expect(try #require(bench.observed.first).completionTokens > 10)
  }

  @Test func callsInParallelWhenItsPromptSaysSo() async throws {
    let bench = try Bench()
    let question = "INSTRUCTION: call find\nINSTRUCTION: call \"shell\"\nINSTRUCTION: call nothing"
    let both = try await bench.ask(question, with: tools)
    let calls = both.json.at("choices.0.message.tool_calls")?.elements ?? []
    #expect(calls.map { $0["type"]?.text } == ["function", "custom"])
    #expect(Set(calls.map { $0["id"] }).count == 2)
    #expect(calls.last?.at("custom.input")?.text?.contains("INSTRUCTION") == true)
    let one = try await bench.ask(question, with: tools + #","parallel_tool_calls":false"#)
    #expect(one.json.at("choices.0.message.tool_calls")?.elements?.count == 1)
    let none = try await bench.ask(question, with: tools + #","tool_choice":"none""#)
    #expect(none.json.at("choices.0.finish_reason")?.text == "stop")
  }

  @Test func answersInWordsAfterTheToolsResult() async throws {
    let bench = try Bench()
    let conversation = """
      {"model":"gpt-4o","messages":[{"role":"user","content":"INSTRUCTION: call now"},\
      {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",\
      "function":{"name":"now","arguments":"{}"}}]}RESULT]\(tools)}
      """
    func send(_ result: String) async throws -> Bench.Answer {
      try await bench.post(
        "/v1/chat/completions",
        conversation.replacing("RESULT", with: result),
        key: bench.key.secret
      )
    }
    let result = #",{"role":"tool","tool_call_id":"ID","content":"half past nine"}"#
    let answered = try await send(result.replacing("ID", with: "call_1"))
    #expect(answered.status == 200)
    let text = answered.json.at("choices.0.message.content")?.text
    #expect(text?.contains("half past nine") == true)
    let missing = try await send("")
    #expect(missing.status == 400 && missing.error?.message.contains("call_1") == true)
    let wrong = try await send(result.replacing("ID", with: "call_2"))
    #expect(wrong.status == 400 && wrong.error?.param == "messages.[2].role")
  }

  @Test func streamsCallsInPieces() async throws {
    let bench = try Bench()
    let question = "INSTRUCTION: call find\nINSTRUCTION: call now"
    let answer = try await bench.ask(question, with: tools + #","stream":true"#)
    let deltas = answer.records.compactMap { $0.at("choices.0.delta") }
    #expect(deltas.first?["content"] == .null)
    #expect(deltas.first?.at("tool_calls.0.function.name")?.text == "find")
    var arguments = ["", ""]
    var begun = 0
    for call in deltas.compactMap({ $0.at("tool_calls.0") }) {
      let index = try #require(call["index"]?.wholeNumber)
      if call["id"] != nil { begun += 1 }
      arguments[index] += call.at("function.arguments")?.text ?? ""
    }
    #expect(begun == 2)
    #expect(JSONValue(text: arguments[0])["limit"]?.wholeNumber == 3)
    #expect(arguments[1] == "{}")
    #expect(answer.records.last?.at("choices.0.finish_reason")?.text == "tool_calls")
  }

  @Test(arguments: [
    (#","tool_choice":"required""#, "tool_choice"),
    (#","tools":[{"type":"function","function":{"name":"a b"}}]"#, "tools[0].function.name"),
    (#","tools":[{"function":{"name":"a"}}]"#, "tools[0].type"),
    (#","tools":7"#, "tools"),
    (#","response_format":{"type":"xml"}"#, "response_format.type"),
    (
      #","response_format":{"type":"json_schema","json_schema":{"schema":{}}}"#,
      "response_format.json_schema.name"
    ),
    (#","n":0"#, "n"), (#","n":129"#, "n"), (#","stop":["a","b","c","d","e"]"#, "stop"),
    (#","top_logprobs":2"#, "top_logprobs"), (#","seed":"x""#, "seed"),
    (#","top_p":1.5"#, "top_p"), (#","metadata":{"a":1}"#, "metadata"),
  ])
  func refusesWhatDoesNotFit(members: String, param: String) async throws {
    let bench = try Bench()
    let answer = try await bench.ask(with: members)
    #expect(answer.status == 400 && answer.error?.param == param)
  }
}
