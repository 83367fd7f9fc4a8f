/// JSON written straight into bytes, for the few bodies that are written thousands of times a
/// second.
extension [UInt8] {
  /// Appends text that is JSON already.
  package mutating func append(json literal: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(
        start: literal.utf8Start,
        count: literal.utf8CodeUnitCount
      )
    )
  }

  package mutating func append(jsonNumber number: Int) {
    append(contentsOf: String(number).utf8)
  }

  /// Appends a number, or `null` for what JSON cannot write.
  package mutating func append(jsonNumber number: Double) {
    append(contentsOf: number.isFinite ? number.description.utf8 : "null".utf8)
  }

  /// Appends `text` as a JSON string, quotes included.
  package mutating func append(jsonString text: String) {
    append(UInt8(ascii: "\""))
    var copy = text
    copy.withUTF8 { escape($0) }
    append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    while true {
      let index = JSONRun.end(in: text, from: runStart)
      append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
      guard index < text.count else { return }
      runStart = index + 1
      let byte = text[index]
      switch byte {
      case 0x0a: append(json: "\\n")
      case 0x0d: append(json: "\\r")
      case 0x09: append(json: "\\t")
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      default:
        append(json: "\\u00")
        append(Self.hexDigit(byte >> 4))
        append(Self.hexDigit(byte & 0x0f))
      }
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
