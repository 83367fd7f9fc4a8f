import Wire

/// A response that can be asked for later, and continued.
struct StoredResponse: Sendable {
  var id: String
  /// Nobody else gets to see it.
  var projectID: String
  /// As it was answered.
  var body: [UInt8]
  var inputItems: [JSONValue]
  /// The conversation up to and with its answer, without its instructions.
  var messages: [ChatMessage]

  var bytes: Int {
    body.count * 2 + messages.reduce(256) { $0 + 64 + $1.content.utf8.count }
  }
}

/// The responses of late, bounded in number and in memory: the oldest make room.
struct StoredResponses: Sendable {
  static let most = 10_000
  static let mostBytes = 64 << 20

  private var responses: [String: StoredResponse] = [:]
  private var order: [String] = []
  /// Where the oldest stands in `order`: removing from the front of an array costs its length.
  private var oldest = 0
  private var bytes = 0

  mutating func keep(_ response: StoredResponse) {
    responses[response.id] = response
    order.append(response.id)
    bytes += response.bytes
    while responses.count > Self.most || bytes > Self.mostBytes, oldest < order.count {
      remove(order[oldest])
      oldest += 1
    }
    if oldest > Self.most {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  func response(_ id: String, of projectID: String) -> StoredResponse? {
    guard let response = responses[id], response.projectID == projectID else { return nil }
    return response
  }

  /// - Returns: whether there was such a response.
  mutating func delete(_ id: String, of projectID: String) -> Bool {
    guard response(id, of: projectID) != nil else { return false }
    remove(id)
    return true
  }

  private mutating func remove(_ id: String) {
    guard let removed = responses.removeValue(forKey: id) else { return }
    bytes -= removed.bytes
  }
}
