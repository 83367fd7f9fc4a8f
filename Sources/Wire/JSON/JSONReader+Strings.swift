/// Strings: their escapes and their UTF-8.
extension JSONReader {
  package mutating func readString() throws(JSONFault) -> String {
    let start = position
    try expect(.string)
    let first = position + 1
    // Most strings have no escape, and are taken as they stand.
    let (end, plain) = bytes.withUnsafeBufferPointer { bytes -> (Int, String?) in
      let end = JSONRun.end(in: bytes, from: first)
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return (end, nil) }
      return (end, Self.text(bytes[first..<end]))
    }
    if let plain {
      position = end + 1
      return plain
    }
    let raw = try readStringBytes()
    let text = raw.withUnsafeBufferPointer { Self.text($0[...]) }
    guard let text else { throw .malformed(at: start) }
    return text
  }

  private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    let text = UnsafeBufferPointer(rebasing: bytes)
    // Nearly all is ASCII, which takes no validation.
    return JSONRun.isASCII(text)
      ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
  }

  /// The bytes of a string with its escapes resolved; they may not be UTF-8.
  package mutating func readStringBytes() throws(JSONFault) -> ArraySlice<UInt8> {
    try expect(.string)
    let start = position + 1
    let end = runEnd(from: start)
    guard end < bytes.count else { throw .malformed(at: end) }
    switch bytes[end] {
    case UInt8(ascii: "\""):
      position = end + 1
      return bytes[start..<end]
    case UInt8(ascii: "\\"): return try readEscapedString(from: start, escapeAt: end)
    default: throw .malformed(at: end)
    }
  }

  private mutating func readEscapedString(
    from start: Int,
    escapeAt firstEscape: Int
  ) throws(JSONFault) -> ArraySlice<UInt8> {
    var text: [UInt8] = []
    text.reserveCapacity(lengthWithEscapes(from: start, escapeAt: firstEscape))
    text.append(contentsOf: bytes[start..<firstEscape])
    position = firstEscape
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return text[...]
      }
      guard byte >= 0x20 else { throw .malformed(at: position) }
      if byte == UInt8(ascii: "\\") {
        try readEscape(into: &text)
        continue
      }
      let runStart = position
      position = runEnd(from: runStart)
      text.append(contentsOf: bytes[runStart..<position])
    }
    throw .malformed(at: position)
  }

  private func runEnd(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { JSONRun.end(in: $0, from: start) }
  }

  /// How many bytes a string has on the wire: it cannot become longer when its escapes go.
  private func lengthWithEscapes(from start: Int, escapeAt firstEscape: Int) -> Int {
    var end = firstEscape
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return end - start
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONFault) {
    guard position + 1 < bytes.count else { throw .malformed(at: position) }
    let escaped = bytes[position + 1]
    position += 2
    switch escaped {
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escaped)
    case UInt8(ascii: "u"): try readUnicodeEscape(into: &text)
    default: throw .malformed(at: position - 1)
    }
  }

  /// A lone surrogate becomes U+FFFD: it cannot be written as UTF-8.
  private mutating func readUnicodeEscape(into text: inout [UInt8]) throws(JSONFault) {
    var value = UInt32(try readFourHexDigits())
    if (0xd800..<0xdc00).contains(value), position + 1 < bytes.count,
      bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    {
      let beforeSecond = position
      position += 2
      let second = UInt32(try readFourHexDigits())
      if (0xdc00..<0xe000).contains(second) {
        value = 0x10000 + ((value - 0xd800) << 10) + (second - 0xdc00)
      } else {
        position = beforeSecond
      }
    }
    let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func readFourHexDigits() throws(JSONFault) -> UInt16 {
    guard position + 4 <= bytes.count else { throw .malformed(at: position) }
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw .malformed(at: position) }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
