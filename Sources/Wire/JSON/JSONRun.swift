/// Where the bytes of a JSON string end that mean themselves: no quote, no backslash and no control
/// character. Eight bytes are looked at together.
enum JSONRun {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let quotes = ones &* 0x22
  private static let backslashes = ones &* 0x5c

  /// - Returns: the first place at or after `start` of a byte that does not mean itself, or the
  ///   count.
  static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let control = (word &- ones &* 0x20) & ~word
      guard (control | zero(word ^ quotes) | zero(word ^ backslashes)) & highs == 0 else { break }
      index += 8
    }
    while index < raw.count {
      let byte = raw[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5c { break }
      index += 1
    }
    return index
  }

  static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var seen: UInt64 = 0
    var index = 0
    while index + 8 <= raw.count {
      seen |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < raw.count {
      seen |= UInt64(raw[index])
      index += 1
    }
    return seen & highs == 0
  }

  /// Has the highest bit of a byte set where that byte is zero, or one below it was.
  private static func zero(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word
  }
}
