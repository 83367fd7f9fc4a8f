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
    base64Values.withUnsafeBufferPointer { values in
      var runs: [EncodedRun] = []
      var probe = shortest - 1
      var searchedTo = 0
      while probe < bytes.count {
        guard values[Int(bytes[probe])] != noDigit else {
          probe += shortest
          continue
        }
        var start = probe
        while start > searchedTo, values[Int(bytes[start - 1])] != noDigit { start -= 1 }
        var end = probe + 1
        while end < bytes.count, values[Int(bytes[end])] != noDigit { end += 1 }
        if (shortest...longest).contains(end - start) {
          add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), values, to: &runs)
        }
        searchedTo = end
        probe = end + shortest
      }
      return runs
    }
  }

  private static func add(
    _ run: UnsafeRawBufferPointer,
    _ base64Values: UnsafeBufferPointer<UInt8>,
    to runs: inout [EncodedRun]
  ) {
    hexValues.withUnsafeBufferPointer { values in
      guard run.allSatisfy({ values[Int($0)] != noDigit }) else { return }
      for offset in 0..<2 {
        runs.append(EncodedRun(bytes: hex(run, from: offset, values), name: "hex"))
      }
    }
    for offset in 0..<4 {
      runs.append(EncodedRun(bytes: base64(run, from: offset, base64Values), name: "base64"))
    }
  }

  private static func hex(
    _ run: UnsafeRawBufferPointer,
    from offset: Int,
    _ values: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    stride(from: offset, to: run.count - 1, by: 2).map {
      values[Int(run[$0])] << 4 | values[Int(run[$0 + 1])]
    }
  }

  /// Answers carry their vectors in base64, so this is done to most bytes that a run sees: four
  /// digits at a time, and what is left of a group at the end by the bytes that it fills.
  private static func base64(
    _ run: UnsafeRawBufferPointer,
    from offset: Int,
    _ values: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    func value(_ position: Int) -> UInt32 {
      position < run.count ? UInt32(values[Int(run[position])]) : 0
    }
    let count = (run.count - offset) * 6 / 8
    return Array(unsafeUninitializedCapacity: count + 2) { decoded, filled in
      var position = offset
      var next = 0
      while next < count {
        let group =
          value(position) << 18 | value(position + 1) << 12 | value(position + 2) << 6
          | value(position + 3)
        decoded.initializeElement(at: next, to: UInt8(truncatingIfNeeded: group >> 16))
        decoded.initializeElement(at: next + 1, to: UInt8(truncatingIfNeeded: group >> 8))
        decoded.initializeElement(at: next + 2, to: UInt8(truncatingIfNeeded: group))
        position += 4
        next += 3
      }
      filled = count
    }
  }

  private static let noDigit: UInt8 = 0xff

  /// A digit's value in base64 of either alphabet, by its character.
  private static let base64Values: [UInt8] = (0...UInt8.max).map { character in
    KeyForm.base64Digit(character).map(UInt8.init) ?? noDigit
  }

  /// The same in hexadecimal.
  private static let hexValues: [UInt8] = (0...UInt8.max).map { character in
    KeyForm.hexDigit(character) ?? noDigit
  }
}
