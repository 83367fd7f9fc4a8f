import Foundation

/// The source tree that these tests were built from.
enum SourceTree {
  /// Without a slash at its end.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .standardizedFileURL.path

  /// All Swift files of `Sources` and `Tests`, and the manifest.
  static let swiftFiles: [SourceFile] =
    (["Package.swift"] + files(below: "Sources") + files(below: "Tests"))
    .filter { $0.hasSuffix(".swift") }
    .compactMap { path in text(of: path).map { SourceFile(path: path, text: $0) } }

  static let sources = swiftFiles.filter { $0.isBelow("Sources") }

  /// Paths from the root, sorted.
  static func files(below folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.map { "\(folder)/\($0)" }.filter { !isFolder($0) }.sorted()
  }

  static func entries(of folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []).sorted()
  }

  /// Nil for what is no UTF-8.
  static func text(of path: String) -> String? {
    try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
