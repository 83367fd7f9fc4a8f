import Foundation
import Testing
import Wire

@Suite struct WireTests {
  private let stream =
    ": hello\r\ndata: one\r\n\r\nevent: x\ndata:two\ndata: lines\n\ndata: {\"a\":1}\r\rid: 7\n\n"
    + "data\n\ndata: cut"

  @Test func parsesOverEveryCut() throws {
    let bytes = Array(stream.utf8)
    let expected = ["one", "two\nlines", "{\"a\":1}", ""].map { Array($0.utf8) }
    for cut in 0...bytes.count {
      for second in [cut, (cut + bytes.count) / 2, bytes.count] {
        var parser = ServerSentEventParser()
        var payloads = try parser.feed(bytes[..<cut])
        payloads += try parser.feed(bytes[cut..<second])
        payloads += try parser.feed(bytes[second...])
        #expect(payloads == expected, "cut at \(cut) and \(second)")
      }
    }
    var byteByByte = ServerSentEventParser()
    #expect(try bytes.flatMap { try byteByByte.feed([$0]) } == expected)
  }

  @Test func boundsRecords() throws {
    var parser = ServerSentEventParser(limit: 20)
    #expect(try parser.feed(Array("data: 0123456789\n\n".utf8)).count == 1)
    #expect(throws: ServerSentEventParser.RecordTooLarge.self) {
      try parser.feed(Array("data: 01234567890123456789".utf8))
    }
    var lines = ServerSentEventParser(limit: 20)
    #expect(throws: ServerSentEventParser.RecordTooLarge.self) {
      try lines.feed(Array("data: 0123456789\ndata: 0123456789\n".utf8))
    }
  }

  @Test func strings() throws {
    let hard = "quote \" slash \\ / line\n\r\t\u{8}\u{c}\u{1}\u{7f} \u{e9}\u{1F600}\u{2028}"
    var bytes: [UInt8] = []
    bytes.append(jsonString: hard)
    #expect(try JSONDecoder().decode(String.self, from: Data(bytes)) == hard)
    var reader = JSONReader(bytes)
    #expect(try reader.readString() == hard)
    var escaped = JSONReader(Array(#""\u0041\uD83D\uDE00\ud800x\/\b\f""#.utf8))
    #expect(try escaped.readString() == "A\u{1F600}\u{fffd}x/\u{8}\u{c}")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "{\"a\":1,}", "\"open", "\"\\x\"", "\"\\u12g4\"", "01", "-",
    "1.", "1e", "tru", "nul", "\"\u{1}\"", "[1] 2", "{'a':1}", "+1",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(throws: JSONFault.self) {
      var reader = JSONReader(Array(text.utf8))
      try reader.skipValue()
      try reader.finish()
    }
  }

  @Test(arguments: [
    "{}", "[]", " [ 1 , -2.5e+3 , \"x\" , null , true , { \"a\" : [ ] } ] ", "0", "-0.1E-7",
  ])
  func takesWhatIsJSON(text: String) throws {
    var reader = JSONReader(Array(text.utf8))
    try reader.skipValue()
    try reader.finish()
  }

  @Test func requestsReadBackAsTheyWereWritten() throws {
    let chat = ChatCompletionRequest(
      model: "gpt-4o",
      messages: [
        ChatMessage(role: .system, content: "Be \"brief\"\n"),
        ChatMessage(role: .assistant, content: ""),
        ChatMessage(role: .user, content: "\u{1F600}"),
      ],
      stream: true,
      streamOptions: .init(includeUsage: true, includeObfuscation: false),
      maxCompletionTokens: 5,
      maxTokens: 6,
      temperature: 0.25,
      user: "u"
    )
    #expect(try ChatCompletionRequest(json: chat.json()) == chat)
    let embeddings = EmbeddingsRequest(
      input: ["a", "b"],
      model: "m",
      dimensions: 3,
      encodingFormat: .float,
      user: "u"
    )
    #expect(try EmbeddingsRequest(json: embeddings.json()) == embeddings)
    #expect(
      try JSONDecoder().decode(EmbeddingsRequest.self, from: Data(embeddings.json()))
        == embeddings
    )
  }

  @Test func readsErrorsFromBodiesAndStreams() throws {
    let error = OpenAIErrorBody(message: "No \"way\"", type: "server_error", code: "x")
    #expect(OpenAIErrorBody(json: error.json()) == error)
    #expect(OpenAIErrorBody(json: Array("<html>".utf8)) == nil)
    #expect(OpenAIErrorBody(json: Array("{}".utf8)) == nil)
    #expect(try ChatStreamRecord(payload: error.json()) == .error(error))
    #expect(try ChatStreamRecord(payload: ServerSentEvents.done) == .done)
  }

  @Test func vectorsOfOddLengthAreRefused() {
    let body = #"{"data":[{"index":0,"embedding":"AAAA"}],"model":"m"}"#
    #expect(throws: JSONFault.self) { try EmbeddingsResponse(json: Array(body.utf8)) }
    #expect(EmbeddingVector(littleEndian: Data([0, 0, 128, 63]))?.values == [1])
  }

  @Test func base64IsFoundations() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 83 &+ 200) }
      var written: [UInt8] = []
      bytes.withUnsafeBytes { written.append(base64: $0) }
      #expect(written == Array(Data(bytes).base64EncodedData()))
    }
  }
}
