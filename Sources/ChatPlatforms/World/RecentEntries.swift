/// A dictionary that forgets its oldest entries beyond a bound, so that a long story does not
/// fill the memory with messages that nobody will answer any more.
struct RecentEntries<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var values: [Key: Value] = [:]
  private var order: [Key] = []
  private var oldest = 0
  private let bound: Int

  init(bound: Int = 1 << 16) {
    self.bound = bound
  }

  subscript(key: Key) -> Value? {
    values[key]
  }

  mutating func insert(_ value: Value, for key: Key) {
    guard values.updateValue(value, forKey: key) == nil else { return }
    order.append(key)
    guard values.count > bound else { return }
    values[order[oldest]] = nil
    oldest += 1
    if oldest >= bound {
      order.removeFirst(oldest)
      oldest = 0
    }
  }
}
