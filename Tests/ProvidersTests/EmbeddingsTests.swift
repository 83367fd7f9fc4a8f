import Foundation
import Hummingbird
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct EmbeddingsTests {
  private let model = "text-embedding-3-small"

  @Test func base64AndFloatAreTheSameVectors() async throws {
    let bench = try Bench()
    let texts = ["The notice period is three months.", "Zürich: \u{1F60A} \"quoted\""]
    var decoded: [EmbeddingsResponse] = []
    for format in [EmbeddingsRequest.Format.base64, .float, nil] {
      let answer = try await bench.embed(
        EmbeddingsRequest(input: texts, model: model, dimensions: 256, encodingFormat: format)
      )
      #expect(answer.status == 200)
      let fast = try EmbeddingsResponse(json: answer.body.bytes)
      let byFoundation = try JSONDecoder().decode(
        EmbeddingsResponse.self,
        from: Data(answer.body.bytes)
      )
      #expect(fast == byFoundation)
      decoded.append(fast)
    }
    let vectors = decoded.map { $0.data.map(\.embedding.values) }
    #expect(vectors[0] == vectors[1] && vectors[1] == vectors[2])
    #expect(decoded[0].data[0].embedding.format == .base64)
    #expect(decoded[2].data[0].embedding.format == .float)
    for vector in vectors[0] {
      #expect(vector.count == 256)
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 0.001)
    }
    #expect(decoded[0].usage.promptTokens == bench.observed[0].promptTokens)
    #expect(bench.observed[0].prompt == texts.joined(separator: "\n"))
    #expect(bench.observed[0].upstreamDelay >= .milliseconds(5))
    #expect(bench.observed[0].upstreamDelay <= .milliseconds(20))
  }

  @Test func nearTextsAreNearer() {
    let embedder = TextEmbedder(dimensions: 256)
    func nearness(_ left: String, _ right: String) -> Float {
      zip(embedder.vector(of: left), embedder.vector(of: right)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let question = "How many days of parental leave do employees get?"
    let near = "Parental leave: every employee gets ninety days of paid leave."
    let far = "The quarterly sales forecast for the northern region is confidential."
    #expect(nearness(question, near) > nearness(question, far) + 0.15)
    #expect(nearness(question, question.uppercased()) > 0.999)
    #expect(nearness("ÄRGER mit Öl", "ärger mit öl") > 0.999)
    #expect(embedder.vector(of: "?!").reduce(0) { $0 + $1 * $1 } == 1)
    #expect(TextEmbedder(dimensions: 1).vector(of: question).count == 1)
  }

  @Test(arguments: [
    (#"{"model":"text-embedding-3-small","input":"x","dimensions":1536}"#, 200),
    (#"{"model":"text-embedding-3-small","input":"x","dimensions":1537}"#, 400),
    (#"{"model":"text-embedding-3-small","input":"x","dimensions":1}"#, 200),
    (#"{"model":"text-embedding-3-small","input":"x","dimensions":0}"#, 400),
    (#"{"model":"text-embedding-3-small","input":""}"#, 400),
    (#"{"model":"text-embedding-3-small","input":[]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":[[1,2],[3]]}"#, 200),
    (#"{"model":"text-embedding-3-small","input":[1,2,3]}"#, 200),
    (#"{"model":"text-embedding-3-small","input":[1,"x"]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":["x",1]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":["x",[1]]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":[[1],"x"]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":[[]]}"#, 400),
    (#"{"model":"text-embedding-3-small","input":[[-1]]}"#, 400),
    (#"{"model":"text-embedding-3-small"}"#, 400),
    (#"{"model":"text-embedding-3-small","input":"x","encoding_format":"hex"}"#, 400),
    (#"{"model":"text-embedding-ada-002","input":"x"}"#, 200),
    (#"{"model":"text-embedding-ada-002","input":"x","dimensions":256}"#, 400),
    (#"{"model":"gpt-4o","input":"x"}"#, 403),
    (#"{"model":"none","input":"x"}"#, 404),
  ])
  func checksRequests(body: String, status: Int) async throws {
    let bench = try Bench()
    let answer = try await bench.post("/v1/embeddings", body, key: bench.key.secret)
    #expect(answer.status == status)
    #expect((answer.error == nil) == (status == 200))
    #expect(bench.mock.ledger().isEmpty == (status != 200))
  }

  @Test func boundsInputs() async throws {
    let bench = try Bench()
    let most = EmbeddingsRequest(
      input: Array(repeating: "x", count: 2_048),
      model: model,
      dimensions: 1
    )
    #expect(try await bench.embed(most).status == 200)
    var more = most
    more.input.append("x")
    #expect(try await bench.embed(more).status == 400)
    let long = EmbeddingsRequest(
      input: [String(repeating: "word ", count: 8_193)],
      model: model
    )
    let answer = try await bench.embed(long)
    #expect(answer.status == 400 && answer.error?.code == "context_length_exceeded")
  }
}
