/// The framing of a stream of server-sent events, as OpenAI sends it: `data:` records alone.
package enum ServerSentEvents {
  package static let prefix = Array("data: ".utf8)
  /// The payload that ends a chat completion's stream.
  package static let done = Array("[DONE]".utf8)
  /// The whole last record.
  package static let doneRecord = record(done)

  /// - Parameter payload: one line.
  package static func record(_ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + 8)
    bytes.append(contentsOf: prefix)
    bytes.append(contentsOf: payload)
    bytes.append(contentsOf: [0x0a, 0x0a])
    return bytes
  }
}
