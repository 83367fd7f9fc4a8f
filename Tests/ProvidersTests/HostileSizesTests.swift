import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

/// Requests that would make an answer of a hostile size.
@Suite struct HostileSizesTests {
  private func schema(properties: Int) -> String {
    let members = (0..<properties).map { #""p\#($0)":{"type":"string"}"# }
    return #"{"type":"object","properties":{\#(members.joined(separator: ","))}}"#
  }

  @Test(arguments: [(4_998, 200), (4_999, 400)])
  func aSchemaHasABoundedNumberOfNodes(properties: Int, status: Int) async throws {
    let bench = try Bench()
    let schema = schema(properties: properties)
    let format = #"{"type":"json_schema","json_schema":{"name":"s","schema":\#(schema)}}"#
    let answer = try await bench.ask(with: #","response_format":\#(format)"#)
    #expect(answer.status == status)
    let tool = #"{"type":"function","function":{"name":"f","parameters":\#(schema)}}"#
    let called = try await bench.ask(with: #","tools":[\#(tool)]"#)
    #expect(called.status == status)
    guard status == 400 else { return }
    #expect(answer.error?.param == "response_format")
    #expect(answer.error?.message.hasPrefix("Invalid schema for response_format 's'") == true)
    #expect(called.error?.code == "invalid_function_parameters")
  }

  @Test func aLongConstantIsNotRepeatedWithoutEnd() async throws {
    let bench = try Bench()
    let constant = String(repeating: "x ", count: 50_000)
    let schema = #"{"type":"array","items":{"const":"\#(constant)"},"minItems":1000}"#
    let format = #"{"type":"json_schema","json_schema":{"name":"s","schema":\#(schema)}}"#
    let answer = try await bench.ask(with: #","response_format":\#(format)"#)
    #expect(answer.status == 200)
    #expect(answer.json.at("choices.0.finish_reason")?.text == "length")
    #expect(answer.body.bytes.count < 200_000)
  }

  /// About 6,000 tokens in each answer.
  private let long = String(repeating: "one two three ", count: 2_000)

  @Test(arguments: [(1, 200), (128, 400)])
  func answersHaveABudget(choices: Int, status: Int) async throws {
    let bench = try Bench()
    let members = #","n":\#(choices),"logprobs":true,"top_logprobs":20"#
    let answer = try await bench.ask(long, with: members)
    #expect(answer.status == status)
    if status == 400 { #expect(answer.error?.param == "n") }
    #expect(bench.mock.ledger().map(\.calls) == (status == 200 ? [1] : []))
  }
}
