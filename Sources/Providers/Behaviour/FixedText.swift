/// Bytes to look for, in time that grows with the text alone: where a match fails, the table of
/// Knuth, Morris and Pratt says how much of it still stands.
struct FixedText: Sendable, Hashable {
  private let bytes: [UInt8]
  /// Of each prefix, the length of its longest proper prefix that it also ends with.
  private let fallback: [Int]

  /// - Parameter bytes: at least one.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var fallback = Array(repeating: 0, count: bytes.count)
    var length = 0
    for index in bytes.indices.dropFirst() {
      while length > 0, bytes[index] != bytes[length] { length = fallback[length - 1] }
      if bytes[index] == bytes[length] { length += 1 }
      fallback[index] = length
    }
    self.fallback = fallback
  }

  var count: Int { bytes.count }

  /// Where it stands first, at `start` or later; nil when it does not.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var length = 0
    for position in start..<max(start, text.count) {
      while length > 0, text[position] != bytes[length] { length = fallback[length - 1] }
      if text[position] == bytes[length] { length += 1 }
      if length == bytes.count { return position - length + 1 }
    }
    return nil
  }
}
