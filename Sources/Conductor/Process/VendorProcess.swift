import Foundation
import Synchronization

/// One life of a vendor as an operating-system process, with files that take what it writes.
final class VendorProcess: Sendable {
  let output: URL
  let errors: URL
  private let process: Mutex<Process>
  /// Its other end tells the process when this one is gone, however that came.
  private let input = Pipe()

  /// - Throws: `ConductorError.vendorUnreachable` when there is no such program.
  init(
    program: URL,
    arguments: [String],
    environment: [String: String],
    directory: URL,
    life: Int
  ) throws {
    output = directory.appendingPathComponent("output-\(life).txt")
    errors = directory.appendingPathComponent("log-\(life).log")
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = directory
    process.standardInput = input
    do {
      for (file, isOutput) in [(output, true), (errors, false)] {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        if isOutput { process.standardOutput = handle } else { process.standardError = handle }
      }
      try process.run()
    } catch {
      throw ConductorError.vendorUnreachable("\(program.path) could not be started: \(error)")
    }
    self.process = Mutex(process)
  }

  var id: Int32 { process.withLock { $0.processIdentifier } }

  var isRunning: Bool { process.withLock { $0.isRunning } }

  /// At once: nothing of it runs any more when the system has seen to it.
  func kill() {
    if isRunning { Foundation.kill(id, SIGKILL) }
  }

  /// Asks it to end by itself.
  func terminate() {
    if isRunning { Foundation.kill(id, SIGTERM) }
  }

  /// What the system shows of a running process to whoever may look: its environment, and the
  /// words that it was started with.
  func shown(_ name: String) -> Data? {
    isRunning ? FileManager.default.contents(atPath: "/proc/\(id)/\(name)") : nil
  }
}
