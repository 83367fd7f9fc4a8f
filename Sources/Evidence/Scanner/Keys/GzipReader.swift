/// Unpacks gzip (RFC 1952), so that what was packed away can be searched. What comes out before
/// damage, or before the bound, is returned: an archive that was cut short leaks all the same.
struct GzipReader {
  /// Of one archive, unpacked: more than any log of a story; bounds the work on a hostile one.
  static let mostBytes = 64 << 20

  /// Whatever stands unpacked at `position`; nil where no archive begins there.
  static func unpack(_ bytes: UnsafeRawBufferPointer, at position: Int) -> [UInt8]? {
    guard let body = bodyStart(bytes, position) else { return nil }
    var reader = GzipReader(bytes: bytes, position: body)
    reader.inflate()
    return reader.output
  }

  /// After the header with its optional fields.
  private static func bodyStart(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int? {
    guard position + 18 <= bytes.count, bytes[position] == 0x1f, bytes[position + 1] == 0x8b,
      bytes[position + 2] == 8, bytes[position + 3] & 0xe0 == 0
    else { return nil }
    let flags = bytes[position + 3]
    var next = position + 10
    if flags & 4 != 0 {
      guard next + 2 <= bytes.count else { return nil }
      next += 2 + Int(bytes[next]) + Int(bytes[next + 1]) << 8
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      guard let end = bytes.firstPlace(of: 0, from: next) else { return nil }
      next = end + 1
    }
    if flags & 2 != 0 { next += 2 }
    return next < bytes.count ? next : nil
  }

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  private init(bytes: UnsafeRawBufferPointer, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private mutating func inflate() {
    var isLast = false
    while !isLast {
      guard let last = take(1), let kind = take(2) else { return }
      isLast = last == 1
      let isWhole: Bool
      switch kind {
      case 0: isWhole = copyStored()
      case 1: isWhole = inflateBlock(Self.fixedLiterals, Self.fixedDistances)
      case 2:
        guard let (literals, distances) = readCodes() else { return }
        isWhole = inflateBlock(literals, distances)
      default: return
      }
      guard isWhole else { return }
    }
  }

  /// The next bits, the lowest first; nil at the end of the bytes.
  private mutating func take(_ count: Int) -> Int? {
    while bitCount < count {
      guard position < bytes.count else { return nil }
      bits |= UInt32(bytes[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func copyStored() -> Bool {
    bits = 0
    bitCount = 0
    guard position + 4 <= bytes.count else { return false }
    let length = Int(bytes[position]) | Int(bytes[position + 1]) << 8
    position += 4
    let end = min(position + length, bytes.count, position + Self.mostBytes - output.count)
    output.append(contentsOf: bytes[position..<end])
    defer { position = end }
    return end == position + length
  }

  private mutating func inflateBlock(_ literals: Code, _ distances: Code) -> Bool {
    while output.count < Self.mostBytes {
      guard let symbol = decode(literals) else { return false }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol - 257 < Self.lengths.count, let more = take(Self.lengthBits[symbol - 257]),
        let code = decode(distances), code < Self.distances.count,
        let farther = take(Self.distanceBits[code])
      else { return false }
      let distance = Self.distances[code] + farther
      guard distance <= output.count else { return false }
      for _ in 0..<Self.lengths[symbol - 257] + more {
        output.append(output[output.count - distance])
      }
    }
    return false
  }

  // MARK: Huffman codes

  private struct Code {
    /// How many codes there are of each length, and the symbols in the order of their codes.
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      symbols = lengths.indices.filter { lengths[$0] > 0 }
        .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }
  }

  private mutating func decode(_ code: Code) -> Int? {
    var value = 0
    var first = 0
    var index = 0
    for length in 1..<16 {
      guard let bit = take(1) else { return nil }
      value |= bit
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }

  private mutating func readCodes() -> (literals: Code, distances: Code)? {
    guard let literals = take(5), let distances = take(5), let meta = take(4) else { return nil }
    var metaLengths = [Int](repeating: 0, count: 19)
    for place in Self.metaOrder.prefix(meta + 4) {
      guard let length = take(3) else { return nil }
      metaLengths[place] = length
    }
    let code = Code(metaLengths)
    let count = literals + 257 + distances + 1
    var lengths: [Int] = []
    while lengths.count < count {
      guard let symbol = decode(code) else { return nil }
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let last = lengths.last, let more = take(2) else { return nil }
        lengths += Array(repeating: last, count: 3 + more)
      case 17:
        guard let more = take(3) else { return nil }
        lengths += Array(repeating: 0, count: 3 + more)
      default:
        guard let more = take(7) else { return nil }
        lengths += Array(repeating: 0, count: 11 + more)
      }
    }
    guard lengths.count == count else { return nil }
    return (Code(Array(lengths[..<(literals + 257)])), Code(Array(lengths[(literals + 257)...])))
  }

  private static let metaOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let fixedLiterals = Code(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
  )
  private static let fixedDistances = Code(Array(repeating: 5, count: 30))
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
}
