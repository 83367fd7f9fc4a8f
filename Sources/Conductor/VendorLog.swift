import Foundation
import Logging
import Synchronization

/// Writes a vendor's log to a file beside its storage, where it is searched like everything else.
/// Without times: the log must not differ between two runs of one seed by the machine's clock.
struct VendorLog: LogHandler {
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]
  private let file: LogFile

  init(file: URL) {
    self.file = LogFile(file)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var line = "\(event.level) \(event.message)"
    let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
    file.append(line + "\n")
  }
}

/// An append-only file that is written in blocks.
private final class LogFile: Sendable {
  private let handle: Mutex<FileHandle?>

  init(_ file: URL) {
    if !FileManager.default.fileExists(atPath: file.path) {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    handle = Mutex(try? FileHandle(forWritingTo: file))
    handle.withLock { _ = try? $0?.seekToEnd() }
  }

  func append(_ line: String) {
    handle.withLock { try? $0?.write(contentsOf: Data(line.utf8)) }
  }
}
