import Foundation
import Testing

/// The built program, run as a process, by itself from the root of the repository.
struct Command {
  /// How the program ended, and all that it wrote.
  struct Outcome {
    /// Nil when a signal ended it, or the deadline did.
    var status: Int32?
    var output: String
    var errors: String
  }

  /// Far beyond what any of them takes, on a machine that plays other tests beside it, too.
  static let deadline = Duration.seconds(240)
  /// Of the files that take what the program writes.
  static let filePrefix = ".said-"
  /// Where the program keeps the key that these tests sign with, and not where the user's is.
  static let settings = FileManager.default.temporaryDirectory.appending(path: "keyproof-tests")

  var arguments: [String]
  /// Where the program keeps its temporary files and this type what it writes.
  var directory: URL
  var environment: [String: String] = [:]
  var workingDirectory = Bench.root

  /// Runs the program to its end.
  ///
  /// - Parameter shouldInterrupt: asked again and again with the output so far; the first time it
  ///   is true, the program is sent the signal, by itself an interrupt as by Ctrl-C.
  func run(
    signal: Int32 = SIGINT,
    interruptedWhen shouldInterrupt: ((String) -> Bool)? = nil
  ) async throws -> Outcome {
    let program = try Self.program()
    // Files, and not pipes: they hold whatever comes without anybody reading at the same time.
    let output = try file("output")
    let errors = try file("errors")
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = workingDirectory
    process.environment = ProcessInfo.processInfo.environment
      .merging([
        "TMPDIR": directory.path, "COLUMNS": "100", "XDG_CONFIG_HOME": Self.settings.path,
      ]) { _, new in new }
      .merging(environment) { _, new in new }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let end = ContinuousClock.now + Self.deadline
    var isInterrupted = false
    while process.isRunning {
      try await Task.sleep(for: .milliseconds(20))
      if let shouldInterrupt, !isInterrupted, shouldInterrupt(text(of: output)) {
        isInterrupted = true
        kill(process.processIdentifier, signal)
      }
      if ContinuousClock.now > end {
        Issue.record("the program was still running after \(Self.deadline): \(arguments)")
        kill(process.processIdentifier, SIGKILL)
        break
      }
    }
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : nil,
      output: text(of: output),
      errors: text(of: errors)
    )
  }

  /// The executable that was built beside these tests.
  private static func program() throws -> URL {
    let program = Bench.root.appending(path: ".build/debug/keyproof")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw MissingProgram(path: program.path)
    }
    return program
  }

  private func file(_ name: String) throws -> URL {
    let url = directory.appending(path: "\(Self.filePrefix)\(name)-\(UUID().uuidString)")
    try Data().write(to: url)
    return url
  }

  private func text(of file: URL) -> String {
    (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

private struct MissingProgram: Error, CustomStringConvertible {
  var path: String
  var description: String { "there is no program at \(path); run `swift build` first" }
}
