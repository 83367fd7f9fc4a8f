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

  /// About what keeping it takes, in bytes.
  var bytes: Int {
    let items = inputItems.reduce(0) { $0 + $1.keptBytes }
    return messages.reduce(256 + body.count + items) { $0 + $1.keptBytes }
  }
}

extension ChatMessage {
  fileprivate var keptBytes: Int {
    toolCalls.reduce(128 + content.utf8.count + (toolCallID?.utf8.count ?? 0)) { bytes, call in
      bytes + 64 + call.id.utf8.count + call.name.utf8.count + call.input.utf8.count
    }
  }
}

extension JSONValue {
  fileprivate var keptBytes: Int {
    switch self {
    case .null, .bool, .integer, .double: 32
    case .string(let text): 32 + text.utf8.count
    case .array(let elements): elements.reduce(64) { $0 + $1.keptBytes }
    case .object(let members):
      members.reduce(64) { $0 + 16 + $1.name.utf8.count + $1.value.keptBytes }
    }
  }
}

/// The responses of late, bounded in number and in memory: the oldest make room.
struct StoredResponses: Sendable {
  static let most = 10_000
  static let mostBytes = 64 << 20

  private struct Kept {
    var response: StoredResponse
    var bytes: Int
    /// Tells it from an earlier one of the same id.
    var number: Int
  }

  private struct Place {
    var id: String
    var number: Int
  }

  private var responses: [String: Kept] = [:]
  private var order: [Place] = []
  /// Where the oldest stands in `order`: removing from the front of an array costs its length.
  private var oldest = 0
  private var last = 0
  /// Of all that is kept.
  private(set) var bytes = 0

  var count: Int { responses.count }
  /// What the order remembers, of responses that are gone too.
  var places: Int { order.count }

  mutating func keep(_ response: StoredResponse) {
    remove(response.id)
    last += 1
    let kept = Kept(response: response, bytes: response.bytes, number: last)
    responses[response.id] = kept
    order.append(Place(id: response.id, number: last))
    bytes += kept.bytes
    while responses.count > Self.most || bytes > Self.mostBytes, oldest < order.count {
      let place = order[oldest]
      if isKept(place) { remove(place.id) }
      oldest += 1
    }
    compact()
  }

  func response(_ id: String, of projectID: String) -> StoredResponse? {
    guard let kept = responses[id], kept.response.projectID == projectID else { return nil }
    return kept.response
  }

  /// - Returns: whether there was such a response.
  mutating func delete(_ id: String, of projectID: String) -> Bool {
    guard response(id, of: projectID) != nil else { return false }
    remove(id)
    return true
  }

  private func isKept(_ place: Place) -> Bool { responses[place.id]?.number == place.number }

  private mutating func remove(_ id: String) {
    guard let removed = responses.removeValue(forKey: id) else { return }
    bytes -= removed.bytes
  }

  /// Forgets the places of what is gone once they are most of the order, so that each costs its
  /// share only.
  private mutating func compact() {
    guard order.count > 2 * responses.count + 64 else { return }
    order = order[oldest...].filter(isKept)
    oldest = 0
  }
}
