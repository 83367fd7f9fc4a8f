import Foundation
import Logging
import Synchronization
import Worlds

/// Logs as lines of JSON on standard error. What looks like a provider's key is taken out, though
/// nothing that logs has one: a log is kept for years.
struct JSONLog: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let clock = WallClock()
  private let output: JSONLogOutput

  init(level: Logger.Level, output: JSONLogOutput) {
    logLevel = level
    self.output = output
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var line = "{\"time\":\"\(clock.now.iso8601)\",\"level\":\"\(event.level)\",\"message\":"
    line += Self.quoted("\(event.message)")
    let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      line += ",\(Self.quoted(key)):\(Self.quoted("\(value)"))"
    }
    output.write(line + "}\n")
  }

  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in withoutKeys(text).unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// `sk-` and at least twelve signs of a key become `[key]`.
  static func withoutKeys(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "sk-") {
      let key = rest[start.upperBound...].prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
      }
      result += rest[..<start.lowerBound]
      result += key.count >= 12 ? "[key]" : "sk-" + key
      rest = rest[key.endIndex...]
    }
    return result + rest
  }
}

/// Takes whole lines, one at a time.
final class JSONLogOutput: Sendable {
  private let handle = Mutex(FileHandle.standardError)

  func write(_ line: String) {
    handle.withLock { try? $0.write(contentsOf: Data(line.utf8)) }
  }
}
