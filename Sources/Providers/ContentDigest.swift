/// A 64-bit digest of a text, the same on every machine: what the random draws of a call are
/// keyed by. No protection against somebody who looks for collisions.
struct ContentDigest: Hashable, Sendable, CustomStringConvertible {
  let value: UInt64

  init(_ text: String) {
    var text = text
    value = text.withUTF8 { Self.digest(UnsafeRawBufferPointer($0)) }
  }

  init(_ bytes: [UInt8]) {
    value = bytes.withUnsafeBytes { Self.digest($0) }
  }

  var description: String { String(value, radix: 16) }

  private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(bytes.count)
    var offset = 0
    while offset + 8 <= bytes.count {
      state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail << 8 | UInt64(bytes[offset])
      offset += 1
    }
    return mix(mix(state ^ tail))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0xff51_afd7_ed55_8ccd
    return (product ^ (product >> 32)) &* 0xc4ce_b9fe_1a85_ec53 ^ (product >> 29)
  }
}
