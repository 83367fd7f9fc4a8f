/// Many byte patterns, looked for in one pass: eight bytes at a time are hashed into a bitmap,
/// which nearly always says no; where it says yes, a table tells whose window that is.
///
/// Only every `stride`th position is looked at: of each pattern as many windows are known, so that
/// one of them stands there wherever the pattern begins.
struct PatternTable {
  struct Entry {
    var window: UInt64
    var marker: Int32
    var form: EncodedForm
    /// Where in its pattern the window begins.
    var offset: Int32
    /// The next entry of the same bucket, or -1.
    var next: Int32
  }

  private var entries: [Entry] = []
  private var buckets: [Int32]
  private var bitmap: [UInt64]
  /// The bitmap has this many bits, as a power of two; each bucket stands for 32 of them.
  private var bitmapBits: Int

  private let stride: Int

  private static let bucketShift = 5

  /// - Parameter stride: patterns must be at least seven bytes longer.
  init(stride: Int) {
    self.stride = stride
    bitmapBits = 15
    buckets = Array(repeating: -1, count: 1 << (bitmapBits - Self.bucketShift))
    bitmap = Array(repeating: 0, count: 1 << (bitmapBits - 6))
  }

  /// The shortest pattern that this table can find.
  var shortestPattern: Int { 7 + stride }

  mutating func insert(_ pattern: [UInt8], marker: Int, form: EncodedForm) {
    // Markers mostly differ at their ends, reversed ones at their beginnings.
    let last = form.windowStandsFirst ? stride - 1 : pattern.count - 8
    for offset in last - stride + 1...last {
      let window = pattern.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      }
      entries.append(
        Entry(
          window: window,
          marker: Int32(marker),
          form: form,
          offset: Int32(offset),
          next: -1
        )
      )
      if entries.count > buckets.count { grow() } else { link(entries.count - 1) }
    }
  }

  /// Calls `found` with each position at which a pattern begins by the looks of one window, in
  /// rising order of the windows. It may begin before the first byte, or end after the last.
  func search(_ bytes: UnsafeRawBufferPointer, found: (_ position: Int, _ entry: Entry) -> Void) {
    guard bytes.count >= 8, !entries.isEmpty else { return }
    let shift = UInt64(64 - bitmapBits)
    bitmap.withUnsafeBufferPointer { bitmap in
      for position in Swift.stride(from: 0, through: bytes.count - 8, by: stride) {
        let window = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        let bit = Int(truncatingIfNeeded: (window &* Self.multiplier) &>> shift)
        guard bitmap[bit &>> 6] & (1 &<< UInt64(bit & 63)) != 0 else { continue }
        var index = buckets[bit &>> Self.bucketShift]
        while index >= 0 {
          let entry = entries[Int(index)]
          if entry.window == window { found(position - Int(entry.offset), entry) }
          index = entry.next
        }
      }
    }
  }

  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

  private mutating func link(_ index: Int) {
    let hash = (entries[index].window &* Self.multiplier) &>> UInt64(64 - bitmapBits)
    let bit = Int(truncatingIfNeeded: hash)
    entries[index].next = buckets[bit >> Self.bucketShift]
    buckets[bit >> Self.bucketShift] = Int32(index)
    bitmap[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  private mutating func grow() {
    bitmapBits += 1
    buckets = Array(repeating: -1, count: buckets.count * 2)
    bitmap = Array(repeating: 0, count: bitmap.count * 2)
    for index in entries.indices { link(index) }
  }
}

/// Patterns of any length: the long ones are looked for in a few positions, the short ones in all.
struct PatternTables {
  private var long: PatternTable
  private var short = PatternTable(stride: 1)

  /// - Parameter stride: of the long patterns: one lookup for so many bytes, and as many windows
  ///   to keep for each pattern.
  init(stride: Int) {
    long = PatternTable(stride: stride)
  }

  mutating func insert(_ pattern: [UInt8], marker: Int, form: EncodedForm) {
    if pattern.count >= long.shortestPattern {
      long.insert(pattern, marker: marker, form: form)
    } else {
      short.insert(pattern, marker: marker, form: form)
    }
  }

  /// As `PatternTable.search`, the long patterns before the short ones.
  func search(_ bytes: UnsafeRawBufferPointer, found: (Int, PatternTable.Entry) -> Void) {
    long.search(bytes, found: found)
    short.search(bytes, found: found)
  }
}
