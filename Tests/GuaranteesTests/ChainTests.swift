import Evidence
import Foundation
import Testing

/// A log whose lines were tampered with is told from one that was written so.
@Suite struct ChainTests {
  private static func log() throws -> [Data] {
    var story = Chronicle()
    for _ in 0..<4 { story.record(.vendor(.started)) }
    story.record(.storyEnded)
    return try EvidenceLog.data(of: story.history).split(separator: 10).map { Data($0) }
  }

  private static func read(_ lines: [Data]) throws(EvidenceLogError) -> EvidenceLog.Contents {
    try EvidenceLog.contents(of: lines.reduce(into: Data()) { $0 += $1 + [10] })
  }

  @Test func aWholeLogIsComplete() throws {
    let lines = try Self.log()
    let contents = try Self.read(lines)
    #expect(contents.isComplete)
    #expect(lines.last.map { String(decoding: $0, as: UTF8.self).contains(contents.root) } == true)
  }

  @Test(arguments: 1..<6) func aDroppedLineIsNamed(index: Int) throws {
    var lines = try Self.log()
    lines.remove(at: index)
    #expect(throws: EvidenceLogError.chainBroken(line: index + 1)) { try Self.read(lines) }
  }

  @Test func reorderedLinesAreNamed() throws {
    var lines = try Self.log()
    lines.swapAt(2, 3)
    #expect(throws: EvidenceLogError.chainBroken(line: 3)) { try Self.read(lines) }
  }

  @Test(arguments: 0..<7) func anEditedLineIsNamed(index: Int) throws {
    var lines = try Self.log()
    let text = String(decoding: lines[index], as: UTF8.self)
    // The same length, and still JSON: another digit for the first in the line.
    let digit = try #require(text.firstIndex { $0.isNumber })
    let other = text.replacingCharacters(in: digit...digit, with: text[digit] == "9" ? "8" : "9")
    lines[index] = Data(other.utf8)
    #expect(throws: EvidenceLogError.self) { try Self.read(lines) }
  }

  @Test func aTruncatedLogIsIncomplete() throws {
    let lines = try Self.log().dropLast()
    let contents = try Self.read(Array(lines))
    #expect(!contents.isComplete)
    #expect(contents.history.events.count == 5)
    #expect(throws: EvidenceLogError.incomplete(events: 5)) {
      try EvidenceLog.read(lines.reduce(into: Data()) { $0 += $1 + [10] })
    }
  }

  @Test func nothingFollowsTheLastLine() throws {
    var lines = try Self.log()
    lines.append(lines[1])
    #expect(throws: EvidenceLogError.self) { try Self.read(lines) }
  }

  /// What is on the disk is valid at every moment, and in the end the same as of the whole history.
  @Test func aFileIsValidWhileItGrows() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    var story = Chronicle()
    for _ in 0..<3_000 { story.record(.vendor(.started)) }
    let log = EvidenceFile(at: file)
    log.begin(story.history.facts)
    for event in story.history.events { log.append(event) }
    let underway = try EvidenceLog.contents(of: Data(contentsOf: file))
    #expect(!underway.isComplete)
    #expect(underway.history.events.count > 1_000)
    let seal = try log.finish(story.history)
    #expect(try Data(contentsOf: file) == EvidenceLog.data(of: story.history))
    #expect(try EvidenceLog.contents(of: Data(contentsOf: file)).root == seal.root)
  }

  @Test func aLogThatWasNotKeptIsWrittenAtTheEnd() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    var story = Chronicle()
    story.record(.storyEnded)
    _ = try EvidenceFile(at: file).finish(story.history)
    #expect(try EvidenceLog.read(Data(contentsOf: file)) == story.history)
  }

  @Test func aLogThatCannotBeWrittenIsAnError() {
    var story = Chronicle()
    story.record(.storyEnded)
    for path in ["/proc/nowhere/log", "/dev/full"] {
      #expect(throws: (any Error).self, "\(path)") {
        try EvidenceFile(at: URL(fileURLWithPath: path)).finish(story.history)
      }
    }
  }
}
