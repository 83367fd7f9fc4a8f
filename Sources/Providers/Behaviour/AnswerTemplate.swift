/// The words of a scripted answer, in which `{name}` stands for something of the call: what a
/// pattern captured, or `{text}`, `{model}`, `{marker}`, `{count}`. A name that nothing is known of
/// stays as it is written.
package struct AnswerTemplate: Sendable, Hashable {
  package var source: String

  package init(_ source: String) {
    self.source = source
  }

  /// No answer gets longer than this many bytes, however much was captured.
  static let longest = 1 << 18

  func filled(_ values: [String: String]) -> String {
    guard source.utf8.contains(UInt8(ascii: "{")) else { return source }
    let bytes = Array(source.utf8)
    var filled: [UInt8] = []
    var index = 0
    while index < bytes.count, filled.count < Self.longest {
      if let (name, end) = TextPattern.name(in: bytes, at: index), let value = values[name] {
        filled.append(contentsOf: value.utf8)
        index = end
      } else {
        filled.append(bytes[index])
      }
      index += 1
    }
    return String(decoding: filled.prefix(Self.longest), as: UTF8.self)
  }
}

extension AnswerTemplate: Codable, ExpressibleByStringLiteral {
  package init(stringLiteral source: String) {
    self.init(source)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(source)
  }
}
