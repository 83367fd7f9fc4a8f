package import Foundation

/// A history as a file: JSON Lines, the facts first, then an event a line. The same history gives
/// the same bytes on every machine.
package enum EvidenceLog {
  /// Rises with every change that older readers would misread.
  package static let formatVersion = 1

  /// Hands out the lines in pieces of about a megabyte, so that a long history is never in memory
  /// a second time.
  package static func write(
    _ history: History,
    to sink: (_ piece: Data) throws -> Void
  ) throws {
    let encoder = LineEncoder()
    var piece = Data()
    func append(_ value: some Encodable) throws {
      piece.append(contentsOf: try encoder.encode(value))
      piece.append(UInt8(ascii: "\n"))
    }
    try append(Head(format: formatVersion, facts: history.facts))
    for event in history.events {
      try append(event)
      guard piece.count >= pieceSize else { continue }
      try sink(piece)
      piece.removeAll(keepingCapacity: true)
    }
    try sink(piece)
  }

  /// The whole log in memory.
  package static func data(of history: History) throws -> Data {
    var whole = Data()
    try write(history) { whole.append($0) }
    return whole
  }

  /// - Throws: `EvidenceLogError`, with the number of the line that cannot be read.
  package static func read(_ data: Data) throws(EvidenceLogError) -> History {
    let decoder = JSONDecoder()
    var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Every line ends with a line feed, so the last piece is empty, or a line that was cut off.
    guard lines.popLast()?.isEmpty == true, let first = lines.first else {
      throw .cutOff(line: lines.count + 1)
    }
    let head: Head = try decode(first, line: 1, with: decoder)
    guard head.format == formatVersion else { throw .unknownFormat(head.format) }
    var events: [Event] = []
    events.reserveCapacity(lines.count - 1)
    for (index, line) in lines.enumerated().dropFirst() {
      events.append(try decode(line, line: index + 1, with: decoder))
    }
    return History(facts: head.facts, events: events)
  }

  private static let pieceSize = 1 << 20

  private struct Head: Codable {
    var format: Int
    var facts: Facts
  }

  private static func decode<Value: Decodable>(
    _ bytes: Data,
    line: Int,
    with decoder: JSONDecoder
  ) throws(EvidenceLogError) -> Value {
    do {
      return try decoder.decode(Value.self, from: bytes)
    } catch {
      throw .unreadable(line: line, reason: String(describing: error))
    }
  }
}

package enum EvidenceLogError: Error, Equatable {
  case unknownFormat(Int)
  case unreadable(line: Int, reason: String)
  /// The file ends within a line, or before the first.
  case cutOff(line: Int)
}
