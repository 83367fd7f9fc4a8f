/// Numbers the calls that say the same, so that each gets draws of its own. Bounded in memory:
/// after many different calls it forgets them all, and goes on with numbers not used before.
struct CallOrdinals: Sendable {
  static let most = 1 << 18

  private var next: [ContentDigest: Int] = [:]
  private var base = 0
  private var given = 0

  mutating func next(_ digest: ContentDigest) -> Int {
    if next.count >= Self.most {
      next.removeAll(keepingCapacity: true)
      base = given
    }
    given += 1
    let ordinal = next[digest] ?? base
    next[digest] = ordinal + 1
    return ordinal
  }
}
