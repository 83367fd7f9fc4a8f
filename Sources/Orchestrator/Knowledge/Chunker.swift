import Foundation

/// Cuts a Markdown or plain text document into pieces of some hundred characters, at headings and
/// paragraphs, so that each piece speaks of one thing.
package struct Chunker: Sendable {
  package struct Chunk: Hashable, Sendable {
    /// The nearest heading above; empty where there is none.
    var heading: String
    var text: String

    package init(heading: String, text: String) {
      self.heading = heading
      self.text = text
    }
  }

  var target = 650
  var longest = 800

  func chunks(of document: String) -> [Chunk] {
    var chunks: [Chunk] = []
    var heading = ""
    var current = ""
    func flush() {
      let text = current.trimmingCharacters(in: .whitespacesAndNewlines)
      if !text.isEmpty { chunks.append(Chunk(heading: heading, text: text)) }
      current = ""
    }
    for paragraph in Self.paragraphs(of: document) {
      if let title = Self.headingText(paragraph) {
        flush()
        heading = title
        continue
      }
      for piece in pieces(of: paragraph) {
        if !current.isEmpty, current.count + piece.count > target { flush() }
        current += current.isEmpty ? piece : "\n\n" + piece
      }
    }
    flush()
    return chunks
  }

  /// The document's first heading, else its name.
  static func title(of document: String, named name: String) -> String {
    for line in document.split(whereSeparator: \.isNewline) {
      if let title = headingText(String(line)), !title.isEmpty { return title }
    }
    return name
  }

  private static func paragraphs(of document: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    func flush() {
      if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
      lines = []
    }
    for line in document.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        flush()
      } else if headingText(String(line)) != nil {
        flush()
        paragraphs.append(String(line))
      } else {
        lines.append(line)
      }
    }
    flush()
    return paragraphs
  }

  private static func headingText(_ line: String) -> String? {
    let marks = line.prefix { $0 == "#" }
    let rest = line.dropFirst(marks.count)
    guard (1...6).contains(marks.count), rest.first == " " else { return nil }
    return rest.trimmingCharacters(in: .whitespaces)
  }

  /// A paragraph that is too long, cut at the ends of sentences, else at blanks, else anywhere.
  private func pieces(of paragraph: String) -> [String] {
    var pieces: [String] = []
    var rest = Substring(paragraph)
    while let limit = rest.index(rest.startIndex, offsetBy: longest, limitedBy: rest.endIndex),
      limit < rest.endIndex
    {
      let window = rest[..<limit]
      let half = rest.index(rest.startIndex, offsetBy: longest / 2)
      let sentenceEnd = window.lastIndex { ".!?\n".contains($0) }
      let cut: Substring.Index
      if let end = sentenceEnd, end > half {
        cut = rest.index(after: end)
      } else if let blank = window.lastIndex(where: \.isWhitespace), blank > half {
        cut = blank
      } else {
        cut = limit
      }
      pieces.append(rest[..<cut].trimmingCharacters(in: .whitespaces))
      rest = rest[cut...].drop(while: \.isWhitespace)
    }
    if !rest.isEmpty { pieces.append(String(rest)) }
    return pieces
  }
}
