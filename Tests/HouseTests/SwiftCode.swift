/// A Swift text with its comments and string contents blanked out, so that a rule about code does
/// not stumble over words. What is interpolated into a string stays: it is code.
///
/// Lines and columns are those of the original. Regex literals are taken for code.
struct SwiftCode {
  private let bytes: [UInt8]
  private var output: [UInt8]
  private var index = 0

  static func code(of text: String) -> String {
    var scanner = SwiftCode(bytes: Array(text.utf8))
    scanner.scanCode(inInterpolation: false)
    return String(decoding: scanner.output, as: UTF8.self)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    output = bytes
  }

  /// Ends before the parenthesis that closes an interpolation, or at the end of the text.
  private mutating func scanCode(inInterpolation: Bool) {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "/") where follows("//"):
        blank(while: { $0 != UInt8(ascii: "\n") })
      case UInt8(ascii: "/") where follows("/*"): scanBlockComment()
      case UInt8(ascii: "\""): scanString(hashes: 0)
      case UInt8(ascii: "#"):
        let hashes = countHashes(at: index)
        if index + hashes < bytes.count, bytes[index + hashes] == UInt8(ascii: "\"") {
          blank(hashes)
          scanString(hashes: hashes)
        } else {
          index += hashes
        }
      case UInt8(ascii: "("):
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        if inInterpolation, depth == 0 { return }
        depth -= 1
        index += 1
      default: index += 1
      }
    }
  }

  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      if follows("/*") {
        depth += 1
        blank(2)
      } else if follows("*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && index < bytes.count
  }

  /// Begins at the first quotation mark.
  private mutating func scanString(hashes: Int) {
    let quotes = follows("\"\"\"") ? 3 : 1
    blank(quotes)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), countHashes(at: index + 1) >= hashes {
        blank(1 + hashes)
        if index < bytes.count, bytes[index] == UInt8(ascii: "(") {
          index += 1
          scanCode(inInterpolation: true)
          index += 1
        } else {
          blank(1)
        }
      } else if follows(String(repeating: "\"", count: quotes)),
        countHashes(at: index + quotes) >= hashes
      {
        blank(quotes + hashes)
        return
      } else {
        blank(1)
      }
    }
  }

  private func follows(_ text: String) -> Bool {
    var position = index
    for byte in text.utf8 {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
    }
    return true
  }

  private func countHashes(at start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end - start
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where index < bytes.count {
      if bytes[index] != UInt8(ascii: "\n") { output[index] = UInt8(ascii: " ") }
      index += 1
    }
  }

  private mutating func blank(while condition: (UInt8) -> Bool) {
    while index < bytes.count, condition(bytes[index]) { blank(1) }
  }
}
