import Crypto

/// Chains the lines of a log: each line carries a digest of itself and of the digest before it, so
/// that none can be edited, dropped or moved without giving it away.
///
/// A line without its digest is a JSON object. The digest is SHA-256 over the previous digest's 64
/// hexadecimal digits (zeros before the first line) and that object's bytes; it is written as the
/// object's last member.
struct HashChain {
  /// `,"chain":"`, 64 digits, `"}`.
  static let suffixLength = opening.count + digitCount + closing.count

  private static let opening = Array(#","chain":""#.utf8)
  private static let closing = Array(#""}"#.utf8)
  private static let digitCount = 64

  /// The digest of the last line, as hexadecimal digits.
  private(set) var digits = [UInt8](repeating: UInt8(ascii: "0"), count: Self.digitCount)

  var root: String { String(decoding: digits, as: UTF8.self) }

  /// Appends an object to a log as its next line.
  mutating func append(_ object: [UInt8], to log: inout [UInt8]) {
    object.withUnsafeBytes { object in
      let body = UnsafeRawBufferPointer(rebasing: object.dropLast())
      advance(over: body)
      log.append(contentsOf: body)
    }
    log.append(contentsOf: Self.opening)
    log.append(contentsOf: digits)
    log.append(contentsOf: Self.closing)
    log.append(UInt8(ascii: "\n"))
  }

  /// Whether a line, without its line feed, is the next one of the chain.
  mutating func accepts(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.count > Self.suffixLength else { return false }
    let suffix = line.suffix(Self.suffixLength)
    guard suffix.prefix(Self.opening.count).elementsEqual(Self.opening),
      suffix.suffix(Self.closing.count).elementsEqual(Self.closing)
    else { return false }
    advance(over: UnsafeRawBufferPointer(rebasing: line.dropLast(Self.suffixLength)))
    return suffix.dropFirst(Self.opening.count).prefix(Self.digitCount).elementsEqual(digits)
  }

  /// - Parameter body: the object without its closing brace.
  private mutating func advance(over body: UnsafeRawBufferPointer) {
    var hash = SHA256()
    digits.withUnsafeBytes { hash.update(bufferPointer: $0) }
    hash.update(bufferPointer: body)
    withUnsafeBytes(of: UInt8(ascii: "}")) { hash.update(bufferPointer: $0) }
    hash.finalize().withUnsafeBytes { bytes in
      for (index, byte) in bytes.enumerated() {
        digits[2 * index] = Self.hexadecimal[Int(byte >> 4)]
        digits[2 * index + 1] = Self.hexadecimal[Int(byte & 15)]
      }
    }
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
