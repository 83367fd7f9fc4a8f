/// Numbers the occurrences of equal contents, in bounded memory: what has not occurred for some
/// sixty thousand other contents is counted from 0 again.
struct OccurrenceCounter: Sendable {
  private static let most = 1 << 16
  private var recent: [ContentDigest: Int] = [:]
  private var older: [ContentDigest: Int] = [:]

  /// How often this content occurred before.
  mutating func next(_ digest: ContentDigest) -> Int {
    let ordinal = recent[digest] ?? older[digest] ?? 0
    if recent.count >= Self.most {
      older = recent
      recent = [:]
    }
    recent[digest] = ordinal + 1
    return ordinal
  }
}
