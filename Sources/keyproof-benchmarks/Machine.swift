import Foundation

/// What the operating system says of this process.
enum Machine {
  /// The most memory that was ever resident, as Linux counts it.
  static var peakMemory: String {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        .compactMap({ Double($0) }).first
    else { return "not known on this system" }
    return (kibibytes / 1_024).text() + " MiB"
  }

  /// Counts the most memory from now on.
  static func forgetPeak() {
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  /// What the figures are of, in a line.
  static var description: String {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = information?.split(separator: "\n").first { $0.hasPrefix("model name") }
    let model = line?.split(separator: ":").last.map { $0.drop { $0 == " " } } ?? "unknown"
    let system = ProcessInfo.processInfo.operatingSystemVersionString
    return "\(processors) processors (\(model)), \(system)"
  }

  /// The processor time that the calling thread has used so far: what else the machine does does
  /// not count.
  static var threadTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
