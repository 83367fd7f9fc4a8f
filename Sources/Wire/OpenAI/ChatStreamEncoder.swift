/// Writes the records of one streamed chat completion. What all its chunks share is written once.
package struct ChatStreamEncoder: Sendable {
  private let head: [UInt8]
  private let includesUsage: Bool
  private let includesObfuscation: Bool
  private let additions: ChatAdditions

  package init(
    id: String,
    created: Int64,
    model: String,
    options: ChatCompletionRequest.StreamOptions?,
    serviceTier: String? = "default",
    systemFingerprint: String? = nil,
    additions: ChatAdditions = .none
  ) {
    var head: [UInt8] = []
    head.reserveCapacity(240)
    head.append(json: "data: {\"id\":")
    head.append(jsonString: id)
    head.append(json: ",\"object\":\"chat.completion.chunk\",\"created\":")
    head.append(jsonNumber: Int(created))
    head.append(json: ",\"model\":")
    head.append(jsonString: model)
    head.append(json: ",\"service_tier\":")
    head.append(optionalJSONString: serviceTier)
    head.append(json: ",\"system_fingerprint\":")
    head.append(optionalJSONString: systemFingerprint)
    head.append(json: ",\"choices\":[")
    self.head = head
    self.additions = additions
    includesUsage = options?.includeUsage ?? false
    includesObfuscation = options?.includeObfuscation ?? true
  }

  /// The first record of a choice: the role, and no text yet. With a call, also the first call,
  /// without its arguments.
  package func opening(_ call: ToolCall? = nil, choice: Int = 0) -> [UInt8] {
    var first = choice == 0 ? additions.opening : []
    first += record { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: choice)
      bytes.append(json: ",\"delta\":{\"role\":\"assistant\",\"content\":")
      if let call {
        bytes.append(json: "null,\"tool_calls\":[")
        call.withoutInput.append(to: &bytes, index: 0)
        bytes.append(json: "]")
      } else {
        bytes.append(json: "\"\"")
      }
      bytes.append(json: ",\"refusal\":null},\"finish_reason\":null")
      bytes.append(contentsOf: additions.frameChoice)
      bytes.append(json: "}")
    }
    return first
  }

  package func text(
    _ piece: String,
    choice: Int = 0,
    logProbabilities: [TokenLogProbability]? = nil
  ) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: choice)
      bytes.append(json: ",\"delta\":{\"content\":")
      bytes.append(jsonString: piece)
      bytes.append(json: "}")
      if let logProbabilities {
        bytes.append(json: ",\"logprobs\":")
        bytes.append(logProbabilities: logProbabilities)
      }
      bytes.append(json: ",\"finish_reason\":null")
      bytes.append(contentsOf: additions.pieceChoice)
      bytes.append(json: "}")
    }
  }

  /// A piece of the words with which the model declines.
  package func refusal(_ piece: String, choice: Int = 0) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: choice)
      bytes.append(json: ",\"delta\":{\"refusal\":")
      bytes.append(jsonString: piece)
      bytes.append(json: "},\"finish_reason\":null")
      bytes.append(contentsOf: additions.pieceChoice)
      bytes.append(json: "}")
    }
  }

  /// The beginning of a call after the first one.
  package func nextCall(_ call: ToolCall, at position: Int, choice: Int = 0) -> [UInt8] {
    callRecord(choice: choice) { call.withoutInput.append(to: &$0, index: position) }
  }

  /// A piece of the arguments of a call.
  package func input(
    _ piece: String,
    of call: ToolCall,
    at position: Int,
    choice: Int = 0
  ) -> [UInt8] {
    callRecord(choice: choice) { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: position)
      bytes.append(
        json: call.kind == .function ? ",\"function\":{\"arguments\":" : ",\"custom\":{\"input\":"
      )
      bytes.append(jsonString: piece)
      bytes.append(json: "}}")
    }
  }

  package func finish(_ reason: FinishReason, choice: Int = 0) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: choice)
      bytes.append(json: ",\"delta\":{},\"finish_reason\":")
      bytes.append(jsonString: reason.rawValue)
      bytes.append(contentsOf: additions.frameChoice)
      bytes.append(json: "}")
    }
  }

  /// The record that states the usage; empty when the request did not ask for it.
  package func usage(_ usage: TokenUsage) -> [UInt8] {
    includesUsage ? record(usage: usage) { _ in } : []
  }

  private func callRecord(choice: Int, _ writeCall: (inout [UInt8]) -> Void) -> [UInt8] {
    record { bytes in
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: choice)
      bytes.append(json: ",\"delta\":{\"tool_calls\":[")
      writeCall(&bytes)
      bytes.append(json: "]},\"finish_reason\":null")
      bytes.append(contentsOf: additions.pieceChoice)
      bytes.append(json: "}")
    }
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
    if includesObfuscation {
      bytes.appendObfuscation(recordStart: ServerSentEvents.prefix.count)
    }
    bytes.append(json: "}\n\n")
    return bytes
  }
}

extension [UInt8] {
  /// Padding that hides the length of a piece: the JSON's length comes to 1 modulo 16, as it was
  /// seen on the wire.
  ///
  /// - Parameter recordStart: where the JSON begins.
  mutating func appendObfuscation(recordStart: Int) {
    append(json: ",\"obfuscation\":\"")
    let jsonLength = count - recordStart + 2
    let missing = (17 - jsonLength % 16) % 16
    let padding: StaticString = "q7ZaB3d9Kpx0LmN5"
    append(
      contentsOf: UnsafeBufferPointer(
        start: padding.utf8Start,
        count: missing == 0 ? 16 : missing
      )
    )
    append(json: "\"")
  }
}

extension ToolCall {
  fileprivate var withoutInput: ToolCall {
    ToolCall(id: id, kind: kind, name: name, input: "")
  }
}
