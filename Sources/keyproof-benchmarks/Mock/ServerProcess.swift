import Foundation

/// A server in a process of its own, so that what it uses is told apart from its client's share.
final class ServerProcess {
  /// `http://host:port`, as the server printed it.
  let origin: URL
  let identifier: Int32
  /// Nil for one that somebody else has started.
  private let process: Process?

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts a program, and waits until it prints its address.
  ///
  /// - Throws: `Failure` for a program that ends before that, or what `Process` throws.
  init(_ program: URL, _ arguments: [String]) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    var printed = ""
    var origin: URL?
    while origin == nil {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else {
        throw Failure(description: "\(program.lastPathComponent) ended at once: \(printed)")
      }
      printed += String(decoding: data, as: UTF8.self)
      origin = Self.origin(in: printed)
    }
    // What it prints later is nobody's business, and must not fill the pipe.
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    guard let origin else { throw Failure(description: "no address was printed") }
    self.origin = origin
    self.process = process
    identifier = process.processIdentifier
  }

  init(origin: URL, identifier: Int32) {
    self.origin = origin
    self.identifier = identifier
    process = nil
  }

  deinit {
    stop()
  }

  func stop() {
    guard let process, process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  /// The first whole address in a text, without its path.
  static func origin(in text: String) -> URL? {
    guard let start = text.range(of: "http://") else { return nil }
    let address = text[start.upperBound...].prefix { !$0.isWhitespace && $0 != "/" }
    // Without what follows it, the port may not be all there yet.
    guard address.endIndex < text.endIndex, address.contains(":") else { return nil }
    return URL(string: "http://\(address)")
  }

  /// The processor time that it has used so far, all threads and the system's share included; nil
  /// where the system does not tell.
  var processorTime: Duration? {
    guard let text = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else {
      return nil
    }
    return .milliseconds((user + system) * 1_000 / Int64(sysconf(Int32(_SC_CLK_TCK))))
  }

  /// What is resident of it, in bytes.
  var memory: Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        .compactMap({ Double($0) }).first
    else { return nil }
    return kibibytes * 1_024
  }
}
