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
      // Most lines have neither, and searching a `String` costs more than looking at its bytes.
      if line.utf8.contains(UInt8(ascii: "*")) { line = line.replacing("**", with: "*") }
      return line.utf8.contains(UInt8(ascii: "(")) ? links(in: line) : line
    }
  }

  /// Leaves code blocks as they are.
  private static func byLine(_ text: String, _ change: (String) -> String) -> String {
    var isCode = false
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isCode.toggle()
        lines.append(String(line))
      } else {
        lines.append(isCode ? String(line) : change(String(line)))
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func heading(_ line: String) -> String? {
    guard line.utf8.first == UInt8(ascii: "#") else { return nil }
    let marks = line.prefix { $0 == "#" }.count
    guard (1...6).contains(marks) else { return nil }
    let rest = line.dropFirst(marks)
    guard rest.first == " " else { return nil }
    return String(rest.drop { $0 == " " })
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
