import Synchronization
import Worlds

/// Counts and durations of a server, as Prometheus reads them. Labels are words of the program:
/// nothing that a customer wrote, and no customer's name.
final class ServerMetrics: Sendable {
  private struct Series: Hashable {
    var name: String
    /// `key="value"` pairs.
    var labels: String
  }

  private struct Histogram {
    var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count)
    var sum = Duration.zero
    var count = 0
  }

  private struct State {
    var counts: [Series: Int] = [:]
    var durations: [Series: Histogram] = [:]
  }

  /// In seconds.
  private static let bounds: [Double] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  private let state = Mutex(State())

  /// - Parameter status: 0 when no answer came.
  func requestIn(_ route: String, status: Int, took duration: Duration) {
    add("keyproof_http_requests", "route=\"\(route)\"", status: status, took: duration)
  }

  /// - Parameter destination: what the other side is, never its host name.
  func requestOut(_ destination: String, status: Int, took duration: Duration) {
    let labels = "destination=\"\(destination)\""
    add("keyproof_outgoing_requests", labels, status: status, took: duration)
  }

  private func add(_ name: String, _ labels: String, status: Int, took duration: Duration) {
    let seconds = duration.milliseconds / 1_000
    state.withLock { state in
      let answer = status == 0 ? "none" : "\(status / 100)xx"
      let series = Series(name: "\(name)_total", labels: "\(labels),status=\"\(answer)\"")
      state.counts[series, default: 0] += 1
      var histogram = state.durations[Series(name: name, labels: labels)] ?? Histogram()
      histogram.count += 1
      histogram.sum += duration
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
        histogram.buckets[index] += 1
      }
      state.durations[Series(name: name, labels: labels)] = histogram
    }
  }

  /// - Parameter gauges: values as of now, with what they mean.
  func text(gauges: [(name: String, help: String, value: Int)]) -> String {
    let (counts, durations) = state.withLock { ($0.counts, $0.durations) }
    var lines: [String] = []
    for (name, help, value) in gauges {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge", "\(name) \(value)"]
    }
    for name in Set(counts.keys.map(\.name)).sorted() {
      lines.append("# TYPE \(name) counter")
      let series = counts.filter { $0.key.name == name }.sorted { $0.key.labels < $1.key.labels }
      lines += series.map { "\(name){\($0.key.labels)} \($0.value)" }
    }
    for name in Set(durations.keys.map(\.name)).sorted() {
      let base = "\(name)_duration_seconds"
      lines.append("# TYPE \(base) histogram")
      let series = durations.filter { $0.key.name == name }
      for (key, histogram) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        for (bound, count) in zip(Self.bounds, histogram.buckets) {
          lines.append("\(base)_bucket{\(key.labels),le=\"\(bound)\"} \(count)")
        }
        lines.append("\(base)_bucket{\(key.labels),le=\"+Inf\"} \(histogram.count)")
        lines.append("\(base)_sum{\(key.labels)} \(histogram.sum.milliseconds / 1_000)")
        lines.append("\(base)_count{\(key.labels)} \(histogram.count)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
