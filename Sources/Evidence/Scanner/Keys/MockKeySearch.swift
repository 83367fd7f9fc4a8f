/// Finds what looks like a key of the mocks, for whoever has no list of the keys that there were.
package enum MockKeySearch {
  private static let mark = Array("-mock-".utf8)
  /// Names such as `entra-mock-1` are no keys.
  private static let shortest = 32

  package static func isFound(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + mark.count <= bytes.count {
      // Rare in text, so that most positions cost one comparison.
      guard bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) else {
        index += 1
        continue
      }
      let begin = index + mark.count
      var end = begin
      while end < bytes.count, isAlphanumeric(bytes[end]) { end += 1 }
      if end - begin >= shortest { return true }
      index = max(end, begin)
    }
    return false
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
