/// Turns a text into a vector of length 1. Texts that share words, or parts of words, get near
/// vectors: each word and each trigram of bytes, lower-cased, adds to a bucket that its hash picks.
/// Short words count little, since all texts share them, and long runs of hexadecimal digits not
/// at all: an identifier means nothing.
package struct TextEmbedder: Sendable {
  package let dimensions: Int

  /// - Parameter dimensions: at least 1.
  package init(dimensions: Int) {
    precondition(dimensions >= 1, "a vector has at least one dimension")
    self.dimensions = dimensions
  }

  package func vector(of text: String) -> [Float] {
    var vector = [Float](repeating: 0, count: dimensions)
    var lowered = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.lowercased()
    lowered.withUTF8 { bytes in
      vector.withUnsafeMutableBufferPointer { add(bytes, to: $0) }
    }
    normalize(&vector)
    return vector
  }

  private func add(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to vector: UnsafeMutableBufferPointer<Float>
  ) {
    var wordHash: UInt64 = 0
    var wordLength = 0
    var trigram: UInt64 = 0
    var index = -1
    while index < bytes.count {
      index += 1
      if wordLength == 0 { index += Self.identifierLength(bytes, at: index) }
      // One blank after the end, so that the last word ends like the others.
      let byte = index < bytes.count ? Self.folded(bytes[index]) : 0x20
      guard Self.isWord(byte) else {
        if wordLength > 0 {
          add(Self.mix(wordHash), Float(min(wordLength, 8)) / 4, to: vector)
        }
        wordHash = 0
        wordLength = 0
        // A word's beginning and end are part of its first and last trigram.
        trigram = trigram << 8 & 0xff_ffff | 0x20
        continue
      }
      wordHash = (wordHash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      wordLength += 1
      trigram = trigram << 8 & 0xff_ffff | UInt64(byte)
      if wordLength >= 2 { add(Self.mix(trigram | 0x5400_0000), 0.4, to: vector) }
    }
  }

  private func add(
    _ hash: UInt64,
    _ weight: Float,
    to vector: UnsafeMutableBufferPointer<Float>
  ) {
    let bucket = Int(((hash >> 32) &* UInt64(dimensions)) >> 32)
    vector[bucket] += hash & 1 == 0 ? weight : -weight
  }

  /// A text without a word points along the first axis: a length of 1 is part of the contract.
  private func normalize(_ vector: inout [Float]) {
    let square = vector.reduce(0) { $0 + $1 * $1 }
    guard square > 0 else {
      vector[0] = 1
      return
    }
    let scale = 1 / square.squareRoot()
    for index in vector.indices { vector[index] *= scale }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  /// The length of the identifier that begins here; 0 where none does.
  private static func identifierLength(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at start: Int
  ) -> Int {
    var end = start
    while end < bytes.count, isHexDigit(bytes[end]) { end += 1 }
    let isWhole = end == bytes.count || !isWord(folded(bytes[end]))
    return isWhole && end - start >= 16 ? end - start : 0
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    return mixed ^ (mixed >> 31)
  }
}
