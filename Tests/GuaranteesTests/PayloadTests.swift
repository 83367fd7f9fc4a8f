import Evidence
import Testing
import Worlds

/// What evidence keeps of the bodies that travelled.
@Suite struct PayloadTests {
  @Test(arguments: [
    (#"{"model":"gpt-4o-mini","stream":true}"#, #"{"model":"gpt-4o-mini","stream":true}"#),
    // A sentence, an escape and whatever is not ASCII give way to their length.
    (#"{"content":"Which of us may see this?"}"#, #"{"content":"[25 bytes]"}"#),
    (#"{"a":"say \"no\"","b":1}"#, #"{"a":"[10 bytes]","b":1}"#),
    (#"{"a":"é"}"#, #"{"a":"[2 bytes]"}"#),
    // The longest that is shown, and a marker, which has one byte more.
    (#"["text-embedding-3-small"]"#, #"["text-embedding-3-small"]"#),
    (#"["kd-0123456789abcdef0123"]"#, #"["[23 bytes]"]"#),
    (#"{"kq-0123456789abcdef0123":0}"#, #"{"[23 bytes]":0}"#),
    ("data: {\"n\":1}\n\ndata: [DONE]\n\n", #"data: {"n":1} data: [DONE] "#),
    (#"{"cut":"off"#, #"{"cut":"off""#),
    (#"{"cut":"off in the middle of a long"#, #"{"cut":"[27 bytes]""#),
    (#"{"cut":"\"#, #"{"cut":"[1 bytes]""#),
  ])
  func anExcerptShowsTheStructure(body: String, excerpt: String) {
    #expect(Self.excerpt(of: body) == excerpt)
  }

  @Test(arguments: ["", " ", "Not found: sk-1", "<html>", "\"text\""])
  func whatIsNoJSONIsNotShown(body: String) {
    #expect(Self.excerpt(of: body) == nil)
  }

  @Test func anExcerptEndsSomewhere() throws {
    let body = "[" + (0..<500).map { "\($0)" }.joined(separator: ",") + "]"
    let excerpt = try #require(Self.excerpt(of: body))
    #expect(excerpt.hasPrefix("[0,1,2"))
    #expect(excerpt.hasSuffix(" …"))
    #expect(excerpt.utf8.count <= PayloadExcerpt.longest + " …".utf8.count)
  }

  @Test func aDigestIsOfAllPieces() {
    var whole = PayloadDigest.Hasher()
    var pieces = PayloadDigest.Hasher()
    Self.add("abc", to: &whole)
    for piece in ["a", "", "bc"] { Self.add(piece, to: &pieces) }
    // The first half of SHA-256 of "abc", as the standard has it.
    #expect("\(whole.finish())" == "ba7816bf8f01cfea414140de5dae2223")
    #expect(whole.finish() == pieces.finish())
  }

  @Test func theLogKeepsIt() throws {
    var hasher = PayloadDigest.Hasher()
    Self.add("{}", to: &hasher)
    var chronicle = Chronicle()
    let payload = Payload(bytes: 2, digest: hasher.finish(), excerpt: "{}")
    chronicle.record(
      .delivery(Event.Delivery(message: "m", attempt: 1, status: 200, request: payload))
    )
    let log = try EvidenceLog.data(of: chronicle.history)
    #expect(String(decoding: log, as: UTF8.self).contains(#""digest":"\#(payload.digest)""#))
    #expect(try EvidenceLog.read(log) == chronicle.history)
  }

  private static func excerpt(of body: String) -> String? {
    var body = body
    return body.withUTF8 { PayloadExcerpt.text(of: UnsafeRawBufferPointer($0)) }
  }

  private static func add(_ text: String, to hasher: inout PayloadDigest.Hasher) {
    var text = text
    text.withUTF8 { hasher.add(UnsafeRawBufferPointer($0)) }
  }
}
