/// The functions and initialisers of a file, by counting braces in its code.
struct FunctionLengths {
  struct Found: Equatable {
    /// Of the word `func` or `init`.
    var line: Int
    /// From there to the closing brace, both included.
    var length: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  static func functions(in file: SourceFile) -> [Found] {
    var scanner = FunctionLengths(bytes: Array(file.code.joined(separator: "\n").utf8))
    return scanner.scan()
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func scan() -> [Found] {
    var found: [Found] = []
    while position < bytes.count {
      if let word = nextWord(), word == "func" || word == "init" {
        if let end = endOfBody() { found.append(Found(line: line, length: end - line + 1)) }
      }
    }
    return found
  }

  /// The line of the brace that closes the body; nil for a requirement, or a call of `init`.
  /// Looks ahead only, so that functions within functions are found as well.
  private func endOfBody() -> Int? {
    var index = position
    var line = line
    var parentheses = 0
    var braces = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        line += 1
        if braces == 0, parentheses == 0, !continues(after: index) { return nil }
      case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        parentheses -= 1
        if parentheses < 0, braces == 0 { return nil }
      case UInt8(ascii: "{") where parentheses == 0 || braces > 0: braces += 1
      case UInt8(ascii: "}") where braces == 0 && parentheses == 0: return nil
      case UInt8(ascii: "}") where braces > 0:
        braces -= 1
        if braces == 0 { return line }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Whether a signature goes on in the next line that has something in it.
  private func continues(after lineFeed: Int) -> Bool {
    let rest = bytes[(lineFeed + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    return ["{", "->", "where ", "async", "throws"].contains { rest.starts(with: $0.utf8) }
  }

  /// The next word, and the place after it; nil for anything else, which is passed.
  private mutating func nextWord() -> String? {
    let start = position
    while position < bytes.count, isNameByte(bytes[position]) { position += 1 }
    if position > start {
      // `.init` is a call or a member, and `#selector`-like words are none of ours.
      if start > 0, bytes[start - 1] == UInt8(ascii: ".") { return nil }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
    return nil
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
