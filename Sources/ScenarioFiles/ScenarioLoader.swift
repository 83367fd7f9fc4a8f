import Foundation

/// Reads scenario files, with the worlds, knowledge and questions that they share.
///
/// A library is a folder that holds `worlds/`. A file's own library is the nearest one above it,
/// and `root` for a file that stands in none; the paths in the file lead from there.
package struct ScenarioLoader {
  private let root: String
  let workingDirectory: String
  let knownGuarantees: [String]
  let knownVendors: [String]

  /// - Parameters:
  ///   - root: The library for files that stand in none; from the working directory when relative.
  ///   - workingDirectory: What relative paths start from, and diagnostics name files by.
  ///   - knownGuarantees: The ids that `shows` and `expect-verdicts` may name.
  ///   - knownVendors: The names that `vendor` may take.
  package init(
    root: String,
    workingDirectory: String = FileManager.default.currentDirectoryPath,
    knownGuarantees: [String],
    knownVendors: [String]
  ) {
    self.workingDirectory = workingDirectory
    self.root = Self.absolute(root, from: workingDirectory)
    self.knownGuarantees = knownGuarantees
    self.knownVendors = knownVendors
  }

  /// The scenarios of the files and folders, each file once, in the order of the paths and below a
  /// folder by name; and all that is wrong with them. A file with an error gives no scenario.
  package func load(paths: [String]) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    var session = LoadingSession(loader: self)
    for path in paths {
      session.load(path)
    }
    return (session.scenarios, session.diagnostics)
  }

  /// The stories of a text, as if it stood in this file. What else it names is read from the disk.
  package func read(
    _ text: String,
    as path: String
  ) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
    var session = LoadingSession(loader: self)
    session.read(text, as: path)
    return (session.scenarios, session.diagnostics)
  }

  static func absolute(_ path: String, from folder: String) -> String {
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    return URL(fileURLWithPath: path, relativeTo: base).standardizedFileURL.path
  }

  /// As a reader in the working directory would type it.
  func shown(_ path: String) -> String {
    let prefix = workingDirectory.hasSuffix("/") ? workingDirectory : workingDirectory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  func library(of file: String) -> LibraryFiles {
    var folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    while folder != "/", !folder.isEmpty {
      if LibraryFiles.isFolder(folder + "/worlds") { return LibraryFiles(root: folder) }
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    return LibraryFiles(root: root)
  }
}
