import HTTPTypes
import Hummingbird
import NIOCore
import Providers
import Secrets
import Wire
import Worlds

extension JSONValue {
  /// Of a text; what is no JSON becomes null.
  init(text: String) {
    self = (try? JSONValue(json: Array(text.utf8))) ?? .null
  }

  /// The value at a path of names and numbers, parted by dots: `choices.0.message`.
  func at(_ path: String) -> JSONValue? {
    var found: JSONValue? = self
    for step in path.split(separator: ".") {
      if let number = Int(step) {
        let elements = found?.elements ?? []
        found = elements.indices.contains(number) ? elements[number] : nil
      } else {
        found = found?[String(step)]
      }
    }
    return found
  }
}

extension Bench.Answer {
  var json: JSONValue { JSONValue(text: body.text) }

  /// The payloads of a stream, `[DONE]` left out.
  var records: [JSONValue] {
    var parser = ServerSentEventParser()
    let payloads = (try? parser.feed(body.bytes)) ?? []
    return payloads.filter { $0 != ServerSentEvents.done }.map {
      JSONValue(text: String(decoding: $0, as: UTF8.self))
    }
  }
}

extension Bench {
  /// - Parameter members: JSON text of further members, each begun with a comma.
  func ask(
    _ question: String = "What is the notice period?",
    model: String = "gpt-4o-mini",
    with members: String = "",
    key: Secret? = nil,
    into collected: CollectedBody = CollectedBody()
  ) async throws -> Answer {
    let message = JSONValue.object([
      .init("role", .string("user")), .init("content", .string(question)),
    ])
    let messages = String(decoding: JSONValue.array([message]).json(), as: UTF8.self)
    return try await send(
      .post,
      "/v1/chat/completions",
      body: RequestBody(
        buffer: ByteBuffer(string: #"{"model":"\#(model)","messages":\#(messages)\#(members)}"#)
      ),
      key: key ?? self.key.secret,
      into: collected
    )
  }

  func get(_ path: String, key: Secret? = nil) async throws -> Answer {
    try await send(.get, path, key: key ?? self.key.secret)
  }
}
