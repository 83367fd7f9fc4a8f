import Crypto
import Foundation
import Guarantees

/// The score of the last calibration, bound to the tool and the library that it was made with: a
/// report shows it only when both are still the same.
struct CalibrationFile {
  private static let path = "Reports/calibration.json"

  private struct Content: Codable {
    var tool: String
    var library: String
    var score: CalibrationScore
  }

  /// Nil when there is none, or it was made with another tool or library.
  var score: CalibrationScore? {
    guard let data = FileManager.default.contents(atPath: Self.path),
      let content = try? JSONDecoder().decode(Content.self, from: data),
      let tool = Self.toolDigest, content.tool == tool, content.library == Self.libraryDigest
    else { return nil }
    return content.score
  }

  func store(_ score: CalibrationScore) throws {
    guard let tool = Self.toolDigest else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let data = try encoder.encode(
      Content(tool: tool, library: Self.libraryDigest, score: score)
    )
    try FileManager.default.createDirectory(
      atPath: "Reports",
      withIntermediateDirectories: true
    )
    try data.write(to: URL(fileURLWithPath: Self.path), options: .atomic)
  }

  private static var toolDigest: String? {
    guard let path = Bundle.main.executablePath,
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    else { return nil }
    return hex(SHA256.hash(data: bytes))
  }

  private static var libraryDigest: String {
    var hash = SHA256()
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: Library.folder)) ?? []
    for file in files.sorted() {
      guard let bytes = FileManager.default.contents(atPath: "\(Library.folder)/\(file)") else {
        continue
      }
      hash.update(data: Data("\(file)\u{0}\(bytes.count)\u{0}".utf8))
      hash.update(data: bytes)
    }
    return hex(hash.finalize())
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
