/// Writes the events of one streamed response, and numbers them.
package struct ResponseStreamEncoder: Sendable {
  private var sequenceNumber = 0
  private let includesObfuscation: Bool

  package init(options: ChatCompletionRequest.StreamOptions?) {
    includesObfuscation = options?.includeObfuscation ?? true
  }

  /// One record: the event's type, and its members in their order.
  package mutating func event(_ type: String, _ members: [JSONValue.Member]) -> [UInt8] {
    record(type, members, isPadded: false)
  }

  /// A piece of something: padded, so that its length tells nothing.
  package mutating func delta(_ type: String, _ members: [JSONValue.Member]) -> [UInt8] {
    record(type, members, isPadded: includesObfuscation)
  }

  private mutating func record(
    _ type: String,
    _ members: [JSONValue.Member],
    isPadded: Bool
  ) -> [UInt8] {
    var bytes = Array("event: \(type)\n".utf8)
    bytes.append(contentsOf: ServerSentEvents.prefix)
    let start = bytes.count
    bytes.append(json: "{\"type\":")
    bytes.append(jsonString: type)
    for member in members {
      bytes.append(json: ",")
      bytes.append(jsonString: member.name)
      bytes.append(json: ":")
      bytes.append(json: member.value)
    }
    if isPadded { bytes.appendObfuscation(recordStart: start) }
    bytes.append(json: ",\"sequence_number\":")
    bytes.append(jsonNumber: sequenceNumber)
    bytes.append(json: "}\n\n")
    sequenceNumber += 1
    return bytes
  }
}
