package import Foundation

/// A history as a file: JSON Lines, the facts first, then an event a line, at last a line that says
/// that this is all. The lines are chained by their digests. The same history gives the same bytes
/// on every machine.
package enum EvidenceLog {
  /// Rises with every change that older readers would misread.
  package static let formatVersion = 2

  /// Hands out the lines in pieces of about a megabyte, so that a long history is never in memory
  /// a second time.
  ///
  /// - Returns: the digest of the last line, which stands for the whole log.
  @discardableResult
  package static func write(
    _ history: History,
    to sink: (_ piece: Data) throws -> Void
  ) throws -> String {
    var lines = EvidenceLines()
    func hand(over bytes: Int) throws {
      if lines.pending.count >= bytes, !lines.pending.isEmpty {
        try sink(Data(lines.takePending()))
      }
    }
    try lines.begin(history.facts)
    for event in history.events {
      try lines.append(event)
      try hand(over: pieceSize)
    }
    try lines.end()
    try hand(over: 0)
    return lines.root
  }

  /// The whole log in memory.
  package static func data(of history: History) throws -> Data {
    var whole = Data()
    try write(history) { whole.append($0) }
    return whole
  }

  /// The history of a whole log.
  ///
  /// - Throws: `EvidenceLogError`, with the number of the line that cannot be read or does not
  ///   follow from the one before it; `.incomplete` for a log without its last line.
  package static func read(_ data: Data) throws(EvidenceLogError) -> History {
    let log = try contents(of: data)
    guard log.isComplete else { throw .incomplete(events: log.history.events.count) }
    return log.history
  }

  /// What a log holds, be it whole or of a run that was interrupted.
  ///
  /// - Throws: `EvidenceLogError`, but not `.incomplete`.
  package static func contents(of data: Data) throws(EvidenceLogError) -> Contents {
    var reader = EvidenceReader()
    try reader.read(data, ofLog: data.count)
    return try reader.contents()
  }

  /// The same of a log on its disk, which is read a piece at a time.
  ///
  /// - Throws: `EvidenceLogError`, but not `.incomplete`; what the file system throws.
  package static func contents(ofFile file: URL) throws -> Contents {
    let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    var reader = EvidenceReader()
    try LinePieces.read(file) { try reader.read($0, ofLog: size) }
    return try reader.contents()
  }

  package struct Contents: Sendable {
    package var history: History
    /// Whether the log has its last line; without it the run was interrupted.
    package var isComplete: Bool
    /// The digest of the last line.
    package var root: String
  }

  private static let pieceSize = 1 << 20

  struct Head: Codable {
    var format: Int
    var facts: Facts
  }

  struct End: Codable {
    /// `complete`.
    var end: String
    var events: Int
  }

  static let complete = "complete"
}

package enum EvidenceLogError: Error, Equatable {
  case unknownFormat(Int)
  case unreadable(line: Int, reason: String)
  /// The file ends within a line, or before the first.
  case cutOff(line: Int)
  /// The line is not the one that was written there: its digest does not follow from its text and
  /// the line before.
  case chainBroken(line: Int)
  /// The events are not numbered one after the other.
  case outOfOrder(line: Int)
  /// The last line is missing.
  case incomplete(events: Int)
}

extension EvidenceLogError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownFormat(let format):
      "its format is \(format), and this program reads \(EvidenceLog.formatVersion)"
    case .unreadable(let line, let reason): "line \(line) cannot be read: \(reason)"
    case .cutOff(let line): "the file ends within line \(line)"
    case .chainBroken(let line):
      "line \(line) does not follow from the line before it: one of the two was changed, or "
        + "something between them is gone"
    case .outOfOrder(let line): "line \(line) is not the event that comes next"
    case .incomplete(let events): "it ends after \(events) events without its last line"
    }
  }
}
