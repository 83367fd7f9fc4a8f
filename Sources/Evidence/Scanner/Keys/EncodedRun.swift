/// A stretch of base64 or hexadecimal digits, decoded: what is encoded twice, or escaped and then
/// encoded, has no look of its own that could be searched for.
struct EncodedRun {
  var bytes: [UInt8]
  /// What the evidence calls the form.
  var name: String

  /// Twelve characters of a key, escaped or encoded twice, are longer.
  private static let shortest = 20
  /// Longer ones are files, which are searched by themselves.
  private static let longest = 1 << 16

  /// Each stretch, at each place at which it may begin. Most bytes are never looked at: a stretch
  /// is long enough to cover every twentieth.
  static func all(in bytes: UnsafeRawBufferPointer) -> [EncodedRun] {
    var runs: [EncodedRun] = []
    var probe = shortest - 1
    var searchedTo = 0
    while probe < bytes.count {
      guard value(bytes[probe], bits: 6) >= 0 else {
        probe += shortest
        continue
      }
      var start = probe
      while start > searchedTo, value(bytes[start - 1], bits: 6) >= 0 { start -= 1 }
      var end = probe + 1
      while end < bytes.count, value(bytes[end], bits: 6) >= 0 { end += 1 }
      if (shortest...longest).contains(end - start) {
        add(bytes[start..<end], to: &runs)
      }
      searchedTo = end
      probe = end + shortest
    }
    return runs
  }

  private static func add(
    _ run: Slice<UnsafeRawBufferPointer>,
    to runs: inout [EncodedRun]
  ) {
    if run.allSatisfy({ value($0, bits: 4) >= 0 }) {
      for offset in 0..<2 {
        runs.append(EncodedRun(bytes: decoded(run.dropFirst(offset), bits: 4), name: "hex"))
      }
    }
    for offset in 0..<4 {
      runs.append(EncodedRun(bytes: decoded(run.dropFirst(offset), bits: 6), name: "base64"))
    }
  }

  private static func decoded(_ run: Slice<UnsafeRawBufferPointer>, bits: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(run.count * Int(bits) / 8 + 1)
    var gathered: UInt32 = 0
    var count: UInt32 = 0
    for character in run {
      gathered = gathered << bits | UInt32(truncatingIfNeeded: value(character, bits: bits))
      count += bits
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: gathered >> count))
    }
    return bytes
  }

  /// The digit's value in base64 of either alphabet (six bits), or in hexadecimal (four); -1 for
  /// what is none.
  private static func value(_ byte: UInt8, bits: UInt32) -> Int {
    bits == 4
      ? KeyForm.hexDigit(byte).map(Int.init) ?? -1 : KeyForm.base64Digit(byte).map(Int.init) ?? -1
  }
}
