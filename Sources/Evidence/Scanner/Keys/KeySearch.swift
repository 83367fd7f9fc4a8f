/// Looks for keys by their values, whole or in part, in the clear and encoded, in one pass.
///
/// Any twelve characters of a key count, beyond the prefix that everybody knows; fewer say nothing.
/// Four bytes at every fifth place are hashed into a bitmap, which nearly always says no. Where it
/// says yes, the key is read on in both directions, in the form in which it seems to stand there.
struct KeySearch {
  /// Where a key came to light.
  struct Find {
    var start: Int
    var key: Int32
    var form: KeyForm
    var isWhole: Bool
  }

  private struct Window {
    var bytes: UInt32
    var key: Int32
    var form: KeyForm
    var offset: Int32
    /// The next window of the same bucket, or -1.
    var next: Int32
  }

  private struct Key {
    var value: [UInt8]
    /// How many of its first characters everybody knows.
    var publicPrefix: Int
    /// How many characters beyond them are a find.
    var telling: Int
  }

  /// So many characters of a key are as good as the key, for whoever wants to know which it is.
  static let tellingPart = 12
  /// The part of a key that was cut in pieces must be so long for the others to be looked for.
  static let longestPieceAtLeast = 8
  /// How far off the next piece may stand, and how short it may be.
  private static let farthestPiece = 64
  private static let shortestPiece = 4
  private static let stride = 5
  private static let width = 4
  private static let bucketShift = 5

  private var keys: [Key] = []
  private var windows: [Window] = []
  private var bitmapBits = 15
  private var buckets: [Int32]
  private var bitmap: [UInt64]

  init() {
    buckets = Array(repeating: -1, count: 1 << (bitmapBits - Self.bucketShift))
    bitmap = Array(repeating: 0, count: 1 << (bitmapBits - 6))
  }

  /// Keys are numbered as they come, from 0.
  mutating func insert(_ value: [UInt8]) {
    let known = PublicPrefix.length(of: value)
    // Of a key that is little more than its prefix only the whole says anything.
    let isLong = value.count - known >= SurfaceScanner.shortestValue
    let prefix = isLong ? known : 0
    let key = Key(
      value: value,
      publicPrefix: prefix,
      telling: isLong ? min(Self.tellingPart, value.count - known) : value.count
    )
    let index = Int32(keys.count)
    keys.append(key)
    for form in KeyForm.allCases {
      // Of pieces that are looked for in the clear every place has its window; of other parts as
      // many as make sure that one stands at a place that is looked at.
      let shortest =
        form == .plain
        ? min(Self.longestPieceAtLeast, key.telling) : form.length(of: key.telling)
      let period = max(1, shortest - Self.width + 1 - Self.stride + 1)
      var before: [UInt8]?
      for look in form.looks(of: value) {
        for offset in 0...max(0, look.count - Self.width)
        where offset % period < Self.stride && offset + Self.width <= look.count {
          let cut = look[offset..<offset + Self.width]
          if let before, before[offset..<offset + Self.width] == cut { continue }
          let last = form == .plain ? offset + Self.width : look.count
          guard last > prefix else { continue }
          add(
            Window(
              bytes: cut.reversed().reduce(0) { $0 << 8 | UInt32($1) },
              key: index,
              form: form,
              offset: Int32(offset),
              next: -1
            )
          )
        }
        before = look
      }
    }
  }

  /// Each key once a form, in the order of the places.
  func search(_ bytes: UnsafeRawBufferPointer) -> [Find] {
    guard bytes.count >= Self.width, !windows.isEmpty else { return [] }
    var finds: [Find] = []
    let shift = UInt64(64 - bitmapBits)
    bitmap.withUnsafeBufferPointer { bitmap in
      for position in Swift.stride(from: 0, through: bytes.count - Self.width, by: Self.stride) {
        let window = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        )
        let bit = Int(truncatingIfNeeded: (UInt64(window) &* Self.multiplier) &>> shift)
        guard bitmap[bit &>> 6] & (1 &<< UInt64(bit & 63)) != 0 else { continue }
        var index = buckets[bit &>> Self.bucketShift]
        while index >= 0 {
          let candidate = windows[Int(index)]
          if candidate.bytes == window { judge(candidate, position, bytes, &finds) }
          index = candidate.next
        }
      }
    }
    return finds
  }

  private func judge(
    _ window: Window,
    _ position: Int,
    _ bytes: UnsafeRawBufferPointer,
    _ finds: inout [Find]
  ) {
    let known = finds.firstIndex { $0.key == window.key && $0.form == window.form }
    if let known, finds[known].isWhole { return }
    let key = keys[Int(window.key)]
    let count = key.value.count
    let start = window.form.start(position: position, offset: Int(window.offset))
    func matches(_ index: Int) -> Bool {
      window.form.read(index, of: count, in: bytes, start: start) == key.value[index]
    }
    let seed = window.form.character(at: Int(window.offset), of: count)
    guard key.value.indices.contains(seed), matches(seed) else { return }
    var first = seed
    var end = seed + 1
    while first > 0, matches(first - 1) { first -= 1 }
    while end < count, matches(end) { end += 1 }
    let isWhole = first == 0 && end == count
    guard
      isWhole || end - max(first, key.publicPrefix) >= key.telling
        || window.form == .plain && isCut(key, first..<end, start, bytes)
    else { return }
    if let known {
      if isWhole { finds[known].isWhole = true }
    } else {
      finds.append(
        Find(start: max(0, start), key: window.key, form: window.form, isWhole: isWhole)
      )
    }
  }

  /// Whether the rest of the key stands in pieces before and after this one, in other fields.
  private func isCut(
    _ key: Key,
    _ piece: Range<Int>,
    _ start: Int,
    _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    var found = piece.upperBound - max(piece.lowerBound, key.publicPrefix)
    guard found >= Self.longestPieceAtLeast else { return false }
    var (next, place) = (piece.upperBound, start + piece.upperBound)
    while found < key.telling, next + Self.shortestPiece <= key.value.count {
      let end = min(place + Self.farthestPiece, bytes.count - Self.shortestPiece + 1)
      guard place < end,
        let at = (place..<end).first(where: { place in
          (0..<Self.shortestPiece).allSatisfy { bytes[place + $0] == key.value[next + $0] }
        })
      else { break }
      place = at
      while next < key.value.count, place < bytes.count, bytes[place] == key.value[next] {
        (found, next, place) = (found + 1, next + 1, place + 1)
      }
    }
    // Backwards: what ends where this piece begins.
    (next, place) = (piece.lowerBound, start + piece.lowerBound)
    while found < key.telling, next - Self.shortestPiece >= key.publicPrefix {
      let lowest = max(Self.shortestPiece, place - Self.farthestPiece)
      guard lowest <= place,
        let at = (lowest...place).last(where: { place in
          (1...Self.shortestPiece).allSatisfy { bytes[place - $0] == key.value[next - $0] }
        })
      else { break }
      place = at
      while next > key.publicPrefix, place > 0, bytes[place - 1] == key.value[next - 1] {
        (found, next, place) = (found + 1, next - 1, place - 1)
      }
    }
    return found >= key.telling
  }

  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

  private mutating func add(_ window: Window) {
    windows.append(window)
    if windows.count > buckets.count { grow() } else { link(windows.count - 1) }
  }

  private mutating func link(_ index: Int) {
    let hash = (UInt64(windows[index].bytes) &* Self.multiplier) &>> UInt64(64 - bitmapBits)
    let bit = Int(truncatingIfNeeded: hash)
    windows[index].next = buckets[bit >> Self.bucketShift]
    buckets[bit >> Self.bucketShift] = Int32(index)
    bitmap[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  private mutating func grow() {
    bitmapBits += 1
    buckets = Array(repeating: -1, count: buckets.count * 2)
    bitmap = Array(repeating: 0, count: bitmap.count * 2)
    for index in windows.indices { link(index) }
  }
}
