/// Writes the records of one streamed chat completion. What all its chunks share is written once.
package struct ChatStreamEncoder: Sendable {
  private let head: [UInt8]
  private let includesUsage: Bool
  private let includesObfuscation: Bool

  package init(
    id: String,
    created: Int64,
    model: String,
    options: ChatCompletionRequest.StreamOptions?
  ) {
    var head: [UInt8] = []
    head.append(json: "data: {\"id\":")
    head.append(jsonString: id)
    head.append(json: ",\"object\":\"chat.completion.chunk\",\"created\":")
    head.append(jsonNumber: Int(created))
    head.append(json: ",\"model\":")
    head.append(jsonString: model)
    head.append(json: ",\"service_tier\":\"default\",\"system_fingerprint\":null,\"choices\":[")
    self.head = head
    includesUsage = options?.includeUsage ?? false
    includesObfuscation = options?.includeObfuscation ?? true
  }

  /// The first record: the role, and no text yet.
  package func opening() -> [UInt8] {
    record { bytes in
      bytes.append(
        json: """
          {"index":0,"delta":{"role":"assistant","content":"","refusal":null}\
          ,"finish_reason":null}
          """
      )
    }
  }

  package func text(_ piece: String) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":0,\"delta\":{\"content\":")
      bytes.append(jsonString: piece)
      bytes.append(json: "},\"finish_reason\":null}")
    }
  }

  package func finish(_ reason: FinishReason) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":0,\"delta\":{},\"finish_reason\":")
      bytes.append(jsonString: reason.rawValue)
      bytes.append(json: "}")
    }
  }

  /// The record that states the usage; empty when the request did not ask for it.
  package func usage(_ usage: TokenUsage) -> [UInt8] {
    includesUsage ? record(usage: usage) { _ in } : []
  }

  private func record(
    usage: TokenUsage? = nil,
    _ writeChoice: (inout [UInt8]) -> Void
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(head.count + 256)
    bytes.append(contentsOf: head)
    writeChoice(&bytes)
    bytes.append(json: "]")
    if let usage {
      bytes.append(json: ",\"usage\":")
      usage.appendChatUsage(to: &bytes)
    } else if includesUsage {
      bytes.append(json: ",\"usage\":null")
    }
    if includesObfuscation { appendObfuscation(to: &bytes) }
    bytes.append(json: "}\n\n")
    return bytes
  }

  /// Padding that hides the length of a piece: the JSON's length comes to 1 modulo 16, as it was
  /// seen on the wire.
  private func appendObfuscation(to bytes: inout [UInt8]) {
    bytes.append(json: ",\"obfuscation\":\"")
    let jsonLength = bytes.count - ServerSentEvents.prefix.count + 2
    let missing = (17 - jsonLength % 16) % 16
    let padding: StaticString = "q7ZaB3d9Kpx0LmN5"
    bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: padding.utf8Start,
        count: missing == 0 ? 16 : missing
      )
    )
    bytes.append(json: "\"")
  }
}
