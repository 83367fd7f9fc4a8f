import Worlds

/// Times in configuration are milliseconds, whole or not.
extension KeyedDecodingContainer {
  /// The longest time that a setting may state.
  private static var longestWait: Double { 3_600_000 }

  func decodeMilliseconds(forKey key: Key) throws -> Duration {
    try milliseconds(try decode(Double.self, forKey: key), key)
  }

  /// A number, or a pair of the least and the most.
  func decodeMillisecondsRangeIfPresent(forKey key: Key) throws -> ClosedRange<Duration>? {
    guard contains(key) else { return nil }
    if let number = try? decode(Double.self, forKey: key) {
      let delay = try milliseconds(number, key)
      return delay...delay
    }
    let pair = try decode([Double].self, forKey: key)
    guard pair.count == 2, pair[0] <= pair[1] else {
      throw fault(key, "a number, or the least and the most")
    }
    return try milliseconds(pair[0], key)...milliseconds(pair[1], key)
  }

  func fault(_ key: Key, _ wanted: String) -> DecodingError {
    .dataCorruptedError(
      forKey: key,
      in: self,
      debugDescription: "'\(key.stringValue)' must be \(wanted)"
    )
  }

  private func milliseconds(_ number: Double, _ key: Key) throws -> Duration {
    guard (0...Self.longestWait).contains(number) else {
      throw fault(key, "milliseconds from 0 to \(Int(Self.longestWait))")
    }
    return .nanoseconds(Int64(number * 1_000_000))
  }
}
