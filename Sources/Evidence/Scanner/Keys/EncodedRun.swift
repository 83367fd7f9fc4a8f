/// Stretches of base64 or hexadecimal digits, decoded: what is encoded twice, or escaped and then
/// encoded, has no look of its own that could be searched for.
enum EncodedRun {
  /// Twelve characters of a key, escaped or encoded twice, are longer.
  private static let shortest = 20
  /// Longer ones are files, which are searched by themselves.
  private static let longest = 1 << 16

  /// Tells of each stretch, decoded from each place at which it may begin, with what the evidence
  /// calls the form; the bytes are there during the call alone. Most bytes are never looked at: a
  /// stretch is long enough to cover every twentieth.
  static func forEach(
    in bytes: UnsafeRawBufferPointer,
    _ tell: (_ decoded: UnsafeRawBufferPointer, _ form: String) -> Void
  ) {
    base64Values.withUnsafeBufferPointer { values in
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
          decode(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), values, tell)
        }
        searchedTo = end
        probe = end + shortest
      }
    }
  }

  private static func decode(
    _ run: UnsafeRawBufferPointer,
    _ base64Values: UnsafeBufferPointer<UInt8>,
    _ tell: (_ decoded: UnsafeRawBufferPointer, _ form: String) -> Void
  ) {
    // Half of the bytes that a run sees come here: one place for all that is decoded.
    withUnsafeTemporaryAllocation(byteCount: run.count + 3, alignment: 1) { room in
      hexValues.withUnsafeBufferPointer { values in
        guard run.allSatisfy({ values[Int($0)] != noDigit }) else { return }
        for offset in 0..<2 {
          let count = hex(run, from: offset, values, into: room)
          tell(UnsafeRawBufferPointer(rebasing: room[..<count]), "hex")
        }
      }
      for offset in 0..<4 {
        let count = base64(run, from: offset, base64Values, into: room)
        tell(UnsafeRawBufferPointer(rebasing: room[..<count]), "base64")
      }
    }
  }

  private static func hex(
    _ run: UnsafeRawBufferPointer,
    from offset: Int,
    _ values: UnsafeBufferPointer<UInt8>,
    into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    for place in stride(from: offset, to: run.count - 1, by: 2) {
      room[count] = values[Int(run[place])] << 4 | values[Int(run[place + 1])]
      count += 1
    }
    return count
  }

  /// Answers carry their vectors in base64, so this is done to most bytes that a run sees: four
  /// digits at a time, and what is left of a group at the end by the bytes that it fills.
  private static func base64(
    _ run: UnsafeRawBufferPointer,
    from offset: Int,
    _ values: UnsafeBufferPointer<UInt8>,
    into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    func value(_ place: Int) -> UInt32 {
      place < run.count ? UInt32(values[Int(run[place])]) : 0
    }
    let count = (run.count - offset) * 6 / 8
    var place = offset
    var next = 0
    while next < count {
      let group =
        value(place) << 18 | value(place + 1) << 12 | value(place + 2) << 6 | value(place + 3)
      room[next] = UInt8(truncatingIfNeeded: group >> 16)
      room[next + 1] = UInt8(truncatingIfNeeded: group >> 8)
      room[next + 2] = UInt8(truncatingIfNeeded: group)
      place += 4
      next += 3
    }
    return count
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
