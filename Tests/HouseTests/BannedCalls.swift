/// Calls that would let the machine into a world: its clock, its dice, its threads, its terminal.
/// One of them is enough, and the same seed no longer gives the same bytes.
enum BannedCalls {
  static let words = [
    "Date()", "Date.now", "UUID()", "Task.sleep", "Task {", "Task{", "Task(", "Task<",
    "Task.detached", "Task.immediate", ".random(", ".randomElement()", ".shuffled()", ".shuffle()",
    "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock", "ProcessInfo.processInfo",
    "getenv(", "DispatchQueue", "DispatchSemaphore", "Thread {", "Thread(", "Thread.", "print(",
    "debugPrint(",
  ]

  /// Whatever runs in the simulated world, or is computed from what ran there.
  static let folders = [
    "Sources/Secrets", "Sources/Wire", "Sources/Orchestrator", "Sources/Providers",
    "Sources/ChatPlatforms", "Sources/SecretManagers", "Sources/Rogues", "Sources/Conductor",
    "Sources/Evidence", "Sources/Exploration",
    "Sources/Guarantees", "Sources/Worlds/Seams", "Sources/Worlds/Simulated",
    "Sources/Worlds/Network",
  ]

  struct Exception: Sendable {
    var path: String
    var word: String
    /// How often the word may stand there.
    var count: Int
    var reason: String
  }

  static let exceptions = [
    Exception(
      path: "Sources/Worlds/Simulated/SimulatedExecutor.swift",
      word: "Task(",
      count: 1,
      reason: "The root of a simulated world: every other task in it is a child of this one."
    ),
    Exception(
      path: "Sources/Conductor/LibraryRun.swift",
      word: "ContinuousClock",
      count: 2,
      reason: "Takes the wall time of a whole scenario, from outside of its world."
    ),
  ]

  static func violations(in file: SourceFile) -> [Violation] {
    guard folders.contains(where: file.isBelow) else { return [] }
    return words.flatMap { word -> [Violation] in
      let lines = file.codeLines(with: word)
      let excepted = exceptions.first { $0.path == file.path && $0.word == word }
      guard lines.count > excepted?.count ?? 0 else { return [] }
      return lines.map { Violation(path: file.path, line: $0, problem: "'\(word)' is banned here") }
    }
  }
}
