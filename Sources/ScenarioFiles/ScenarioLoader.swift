import Foundation

/// Reads scenario files, with the worlds, knowledge and questions that they share.
///
/// A library is a folder that holds `worlds/`. A file's own library is the nearest one above it,
/// and `root` for a file that stands in none. The paths in a file lead from its own folder, and
/// where nothing is found there from its library's root.
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
    var known: Set<Diagnostic> = []
    return (session.scenarios, session.diagnostics.filter { known.insert($0).inserted })
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

  /// Where the paths of a file lead: from its own folder, and from its library.
  func library(of file: String) -> LibraryFiles {
    let own = URL(fileURLWithPath: file).deletingLastPathComponent().path
    var folder = own
    while folder != "/", !folder.isEmpty {
      if LibraryFiles.isFolder(folder + "/worlds") { break }
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    let library = folder == "/" || folder.isEmpty ? root : folder
    return LibraryFiles(
      library: place(library, in: library),
      beside: [place(own, in: library)]
    )
  }

  /// A folder from which paths lead, by its library's root.
  func place(_ folder: String, in library: String) -> LibraryFiles.Place {
    LibraryFiles.Place(
      folder: folder,
      shown: folder == workingDirectory ? "." : shown(folder),
      bundled: bundled(folder, in: library)
    )
  }

  /// The path of a file or folder among a story's inputs, also where it stands in no library.
  func bundled(_ path: String, in library: String) -> String {
    if path == library { return "" }
    if path.hasPrefix(library + "/") { return String(path.dropFirst(library.count + 1)) }
    let parts = (path == workingDirectory ? "" : shown(path)).split(separator: "/")
    return (["outside"] + parts.filter { $0 != "." && $0 != ".." }).joined(separator: "/")
  }
}
