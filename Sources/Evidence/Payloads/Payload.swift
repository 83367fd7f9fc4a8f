import Crypto

/// A body that travelled: how long it was, a digest of it, and what may be shown of it.
package struct Payload: Sendable, Codable, Equatable {
  package var bytes: Int
  package var digest: PayloadDigest
  /// As `PayloadExcerpt` makes it; nil where none was kept.
  package var excerpt: String?

  package init(bytes: Int, digest: PayloadDigest, excerpt: String? = nil) {
    self.bytes = bytes
    self.digest = digest
    self.excerpt = excerpt
  }
}

/// The first half of a body's SHA-256, written as 32 hexadecimal digits. Kept as two numbers: a run
/// may have a million of them.
package struct PayloadDigest: Sendable, Hashable {
  private var high: UInt64
  private var low: UInt64

  /// Of the pieces of one body, in their order.
  package struct Hasher {
    private var hash = SHA256()

    package init() {}

    package mutating func add(_ piece: UnsafeRawBufferPointer) {
      hash.update(bufferPointer: piece)
    }

    package func finish() -> PayloadDigest {
      hash.finalize().withUnsafeBytes { bytes in
        PayloadDigest(
          high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
          low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
    }
  }
}

extension PayloadDigest: Codable {
  private static let digits = Array("0123456789abcdef".utf8)
  private static let count = 32

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard text.utf8.count == Self.count, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no digest")
    }
    self.init(high: high, low: low)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension PayloadDigest: CustomStringConvertible {
  package var description: String {
    String(unsafeUninitializedCapacity: Self.count) { text in
      for place in 0..<Self.count {
        let half = (place < 16 ? high : low) >> UInt64(60 - 4 * (place % 16))
        text[place] = Self.digits[Int(truncatingIfNeeded: half) & 15]
      }
      return Self.count
    }
  }
}
