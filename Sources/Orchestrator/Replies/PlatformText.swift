/// An answer's Markdown in the words of a platform.
enum PlatformText {
  /// Teams takes most of Markdown, but no headings in messages.
  static func teams(_ markdown: String) -> String {
    guard markdown.utf8.contains(UInt8(ascii: "#")) else { return markdown }
    return byLine(markdown) { line in heading(line).map { "**\($0)**" } ?? line }
  }

  /// Google Chat has its own syntax: `*bold*`, `<address|label>`.
  static func googleChat(_ markdown: String) -> String {
    byLine(markdown) { line in
      if let heading = heading(line) { return "*\(heading)*" }
      var line = line
      if line.hasPrefix("- ") { line = "* " + line.dropFirst(2) }
      if line.utf8.contains(UInt8(ascii: "*")) { line = line.replacing("**", with: "*") }
      return line.utf8.contains(UInt8(ascii: "]")) ? links(in: line) : line
    }
  }

  /// The whole lines of a text that grows, and the last one up to the first mark of a syntax in
  /// it: what no platform will write differently when there is more.
  static func stable(_ markdown: String) -> Substring {
    let bytes = markdown.utf8
    let lineStart = bytes.lastIndex(of: 0x0a).map { bytes.index(after: $0) } ?? bytes.startIndex
    let marks: (UInt8) -> Bool = {
      isMarkup($0) || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "`")
    }
    return markdown[..<(bytes[lineStart...].firstIndex(where: marks) ?? bytes.endIndex)]
  }

  /// Changes lines, and leaves code blocks as they are. Most lines of an answer hold nothing that
  /// any platform writes in another way; those are copied as bytes, which is many times cheaper.
  private static func byLine(_ text: String, _ change: (String) -> String) -> String {
    var isCode = false
    var result: [UInt8] = []
    var text = text
    return text.withUTF8 { bytes in
      result.reserveCapacity(bytes.count + 16)
      for (number, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        .enumerated()
      {
        if number > 0 { result.append(0x0a) }
        if line.starts(with: "```".utf8) {
          isCode.toggle()
          result.append(contentsOf: line)
        } else if isCode || !mayChange(line) {
          result.append(contentsOf: line)
        } else {
          result.append(contentsOf: change(String(decoding: line, as: UTF8.self)).utf8)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "("): true
    default: false
    }
  }

  private static func heading(_ line: String) -> String? {
    guard line.utf8.first == UInt8(ascii: "#") else { return nil }
    let marks = line.prefix { $0 == "#" }.count
    guard (1...6).contains(marks) else { return nil }
    let rest = line.dropFirst(marks)
    guard rest.first == " " else { return nil }
    return String(rest.drop { $0 == " " })
  }

  /// Whether a line is a heading, an item of a list, or holds an asterisk or a link.
  private static func mayChange(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = line.first else { return false }
    if first == UInt8(ascii: "#") || first == UInt8(ascii: "-") { return true }
    var previous: UInt8 = 0
    for byte in line {
      if byte == UInt8(ascii: "*") { return true }
      if byte == UInt8(ascii: "("), previous == UInt8(ascii: "]") { return true }
      previous = byte
    }
    return false
  }

  /// `[label](address)` becomes `<address|label>`.
  private static func links(in line: String) -> String {
    var result = ""
    var rest = line[...]
    while let open = rest.firstIndex(of: "["),
      let middle = rest[open...].firstRange(of: "]("),
      let close = rest[middle.upperBound...].firstIndex(of: ")")
    {
      let label = rest[rest.index(after: open)..<middle.lowerBound]
      let address = rest[middle.upperBound..<close]
      result += rest[..<open]
      result += "<\(address)|\(label)>"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
