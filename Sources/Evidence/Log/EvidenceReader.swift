import Foundation

/// Reads a log line by line, and holds each against the chain.
struct EvidenceReader {
  /// For nearly every line; what it refuses is read by Foundation's, which says why.
  private let lines = LineDecoder()
  private let decoder = JSONDecoder()
  private var chain = HashChain()
  private var facts: Facts?
  private var events: [Event] = []
  private var isComplete = false
  private var line = 0

  /// - Parameter bytes: whole lines, the next ones of the log.
  /// - Parameter size: of the whole log.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer,
    ofLog size: Int
  ) throws(EvidenceLogError) {
    // A line is an event: growing by doubling would leave half of the room unused.
    if events.capacity == 0, !bytes.isEmpty {
      events.reserveCapacity(Self.lines(in: bytes) * max(1, size / bytes.count + 1))
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      line += 1
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw .cutOff(line: line) }
      try take(UnsafeRawBufferPointer(rebasing: rest[..<end]))
      rest = rest[(end + 1)...]
    }
  }

  mutating func read(_ data: Data, ofLog size: Int) throws(EvidenceLogError) {
    let failure: EvidenceLogError? = data.withUnsafeBytes { bytes in
      do throws(EvidenceLogError) {
        try read(bytes, ofLog: size)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private static func lines(in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var place = 0
    while let end = bytes.firstPlace(of: UInt8(ascii: "\n"), from: place) {
      count += 1
      place = end + 1
    }
    return count
  }

  func contents() throws(EvidenceLogError) -> EvidenceLog.Contents {
    guard let facts else { throw .cutOff(line: 1) }
    return EvidenceLog.Contents(
      history: History(facts: facts, events: events),
      isComplete: isComplete,
      root: chain.root
    )
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) throws(EvidenceLogError) {
    guard facts != nil else { return try takeHead(bytes) }
    guard chain.accepts(bytes) else { throw .chainBroken(line: line) }
    guard !isComplete else { throw .outOfOrder(line: line) }
    guard !bytes.starts(with: Self.endOpening) else {
      let end: EvidenceLog.End = try decode(bytes)
      guard end.end == EvidenceLog.complete, end.events == events.count else {
        throw .outOfOrder(line: line)
      }
      isComplete = true
      return
    }
    let event: Event = try decode(bytes)
    guard event.id == events.count + 1 else { throw .outOfOrder(line: line) }
    events.append(event)
  }

  /// The format is looked at before the chain: a later one may chain its lines in another way.
  private mutating func takeHead(_ bytes: UnsafeRawBufferPointer) throws(EvidenceLogError) {
    let format: Format = try decode(bytes)
    guard format.format == EvidenceLog.formatVersion else { throw .unknownFormat(format.format) }
    guard chain.accepts(bytes) else { throw .chainBroken(line: line) }
    let head: EvidenceLog.Head = try decode(bytes)
    facts = head.facts
  }

  private struct Format: Decodable {
    var format: Int
  }

  private static let endOpening = Array(#"{"end":"#.utf8)

  private func decode<Value: Decodable>(
    _ bytes: UnsafeRawBufferPointer
  ) throws(EvidenceLogError) -> Value {
    if let value = try? lines.decode(Value.self, from: bytes) { return value }
    do {
      return try decoder.decode(Value.self, from: Data(bytes))
    } catch {
      throw .unreadable(line: line, reason: Self.words(for: error))
    }
  }

  /// Without the bytes of the line: who damaged it may have put anything there.
  private static func words(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it is no JSON" }
    let context: DecodingError.Context? =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context
      @unknown default: nil
      }
    let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
    return path.isEmpty ? "it is no event" : "'\(path)' is missing, or not what it must be"
  }
}
