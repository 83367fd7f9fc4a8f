import Foundation
import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

/// A provider whose model repeats its whole prompt, and whose failures are scripted.
final class FakeProvider: Sendable {
  static let host = "api.openai.com"
  /// Another provider with the same fakes behind it: an Azure OpenAI resource, whose deployment
  /// `search` is the assistant's model for embeddings, and `other` is not.
  static let azureHost = "acme-openai.openai.azure.com"

  struct Call: Sendable, Equatable {
    var host: String
    /// Without its query.
    var path: String
    var query: String
    /// From the header that the host's kind of provider reads.
    var key: String
    var status: Int
    /// Only to see whether a key is taken: answers are streams.
    var isTrial = false
    var at: Timestamp
  }

  private struct State {
    var validKeys: Set<String> = []
    var calls: [Call] = []
    /// Taken one by one, before anything else is looked at.
    var script: [FakeNetwork.Reply] = []
    var scriptedPath: String?
    var prompts: [String] = []
    var delay = Duration.zero
    var beforeNextChat: (@Sendable () async throws -> Void)?
  }

  private let state = Mutex(State())
  private let clock: any WorldClock

  init(on network: FakeNetwork, clock: any WorldClock) {
    self.clock = clock
    for host in [Self.host, Self.azureHost] {
      network.serve(host) { head, body in try await self.answer(head, body, at: host) }
    }
  }

  var calls: [Call] { state.withLock { $0.calls } }
  /// Those that answer somebody.
  var chatCalls: [Call] {
    calls.filter { $0.path.hasSuffix("/chat/completions") && !$0.isTrial }
  }
  /// All messages of each prompt, joined.
  var prompts: [String] { state.withLock { $0.prompts } }

  func accept(_ keys: String...) {
    state.withLock { $0.validKeys = Set(keys) }
  }

  /// The next calls of a path, or of any, are answered so.
  func script(_ path: String?, _ replies: [FakeNetwork.Reply]) {
    state.withLock {
      $0.script = replies
      $0.scriptedPath = path
    }
  }

  /// Something that happens while the next chat call is on its way.
  func beforeNextChat(_ action: @escaping @Sendable () async throws -> Void) {
    state.withLock { $0.beforeNextChat = action }
  }

  func delay(by duration: Duration) {
    state.withLock { $0.delay = duration }
  }

  private func answer(
    _ head: HTTPRequest,
    _ body: ByteBuffer,
    at host: String
  ) async throws -> FakeNetwork.Reply {
    let parts = (head.path ?? "").split(separator: "?", maxSplits: 1).map(String.init)
    let path = parts.first ?? ""
    let authorization = head.headerFields[.authorization]
    let key =
      host == Self.host
      ? String((authorization ?? "").dropFirst("Bearer ".count))
      : authorization == nil ? head.headerFields[AzureHeader.apiKey] ?? "" : ""
    if path.hasSuffix("/chat/completions") {
      let action = state.withLock { state in
        defer { state.beforeNextChat = nil }
        return state.beforeNextChat
      }
      try await action?()
    }
    let begun = clock.now
    let delay = state.withLock { $0.delay }
    var reply = try reply(path, key, body)
    state.withLock {
      let query = parts.count > 1 ? parts[1] : ""
      $0.calls.append(
        Call(
          host: host,
          path: path,
          query: query,
          key: key,
          status: reply.status,
          isTrial: !String(buffer: body).contains("\"stream\":true"),
          at: begun
        )
      )
    }
    if delay > .zero { try await clock.sleep(for: delay) }
    if reply.status == 401, reply.pieces.isEmpty {
      let error = OpenAIErrorBody(
        message: "Incorrect API key provided: \(key.prefix(8))****.",
        type: "invalid_request_error",
        code: "invalid_api_key"
      )
      reply.pieces = [ByteBuffer(bytes: error.json())]
    }
    return reply
  }

  private func reply(
    _ path: String,
    _ key: String,
    _ body: ByteBuffer
  ) throws -> FakeNetwork.Reply {
    let scripted = state.withLock { state -> FakeNetwork.Reply? in
      guard state.scriptedPath.map({ path.hasSuffix($0) }) ?? true, !state.script.isEmpty
      else { return nil }
      return state.script.removeFirst()
    }
    if let scripted { return scripted }
    guard state.withLock({ $0.validKeys.contains(key) }) else {
      return FakeNetwork.Reply(status: 401)
    }
    if path.contains("/missing/") { return FakeNetwork.Reply(status: 404) }
    if path.hasSuffix("/models") { return .json(#"{"object":"list","data":[]}"#) }
    if path.hasSuffix("/embeddings") { return try Self.embeddings(Array(body.readableBytesView)) }
    let request = try ChatCompletionRequest(json: Array(body.readableBytesView))
    let prompt = request.messages.map { "\($0.role.rawValue): \($0.content)" }
      .joined(separator: "\n")
    state.withLock { $0.prompts.append(prompt) }
    return Self.stream(of: prompt)
  }

  static func stream(of text: String, breaksOff: Bool = false) -> FakeNetwork.Reply {
    func record(_ delta: String, _ finish: String) -> ByteBuffer {
      ByteBuffer(
        string: #"data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"#
          + #""model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]}"#
          + "\n\n"
      )
    }
    var content: [UInt8] = []
    content.append(jsonString: text)
    var pieces = [
      record(#"{"role":"assistant","content":""}"#, "null"),
      record(#"{"content":"# + String(decoding: content, as: UTF8.self) + "}", "null"),
    ]
    if !breaksOff {
      pieces.append(record("{}", #""stop""#))
      pieces.append(ByteBuffer(string: "data: [DONE]\n\n"))
    }
    return FakeNetwork.Reply(status: 200, pieces: pieces, breaksOff: breaksOff)
  }

  /// Words are counted into buckets, so that texts with common words are near.
  private static func embeddings(_ body: [UInt8]) throws -> FakeNetwork.Reply {
    let request = try EmbeddingsRequest(json: body)
    let data = request.input.enumerated().map { index, text in
      var vector = [Float](repeating: 0, count: request.dimensions ?? 1_536)
      let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
      for word in words {
        var hash: UInt64 = 1_469_598_103_934_665_603
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        vector[Int(hash % UInt64(vector.count))] += 1
      }
      return EmbeddingsResponse.Embedding(index: index, embedding: .init(values: vector))
    }
    let response = EmbeddingsResponse(
      data: data,
      model: request.model == "search" ? "text-embedding-3-small" : request.model,
      usage: TokenUsage(promptTokens: 1, completionTokens: 0)
    )
    return FakeNetwork.Reply(status: 200, pieces: [ByteBuffer(bytes: response.json())])
  }
}
