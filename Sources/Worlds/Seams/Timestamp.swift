/// A moment, in nanoseconds since 1970-01-01T00:00:00Z. Virtual in the simulated world.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package init(unixSeconds: Int64) {
    self.nanoseconds = unixSeconds * 1_000_000_000
  }

  /// Whole seconds since 1970, as tokens and OpenAI bodies carry them.
  package var unixSeconds: Int64 {
    nanoseconds / 1_000_000_000
  }

  package static func < (earlier: Timestamp, later: Timestamp) -> Bool {
    earlier.nanoseconds < later.nanoseconds
  }

  package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds + duration.nanoseconds)
  }

  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .nanoseconds(later.nanoseconds - earlier.nanoseconds)
  }
}

extension Timestamp: Codable {
  package init(from decoder: any Decoder) throws {
    nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }
}

extension Duration {
  /// The whole duration in nanoseconds; years fit.
  package var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }

  /// For display and statistics only: money and order never pass through floating point.
  package var milliseconds: Double {
    Double(nanoseconds) / 1_000_000
  }

  package static func minutes(_ count: Int) -> Duration {
    .seconds(count * 60)
  }
}
