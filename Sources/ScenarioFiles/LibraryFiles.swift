import Foundation

/// The files of a scenario library, read within bounds and never outside of its root.
struct LibraryFiles {
  struct Failure: Error {
    /// What is wrong, to stand behind the path.
    let message: String
  }

  static let largestFile = 1 << 20
  static let mostDocuments = 200
  static let mostQuestions = 2_000

  /// Absolute.
  let root: String
  /// What was read through this value.
  let inputs = ReadInputs()

  init(root: String) {
    self.root = root
  }

  /// Where a path of a file leads, below the root.
  func locate(_ relative: String) throws(Failure) -> String {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    guard isPlain else {
      throw Failure(
        message: "the path must lead straight down from the library's root, without '..' or '.'"
      )
    }
    let path = root + "/" + relative
    let realRoot = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard real.hasPrefix(realRoot + "/") else {
      throw Failure(message: "the path leads out of the library")
    }
    return path
  }

  func text(_ relative: String) throws(Failure) -> String {
    let text = try Self.text(at: locate(relative))
    inputs.note(relative, text)
    return text
  }

  /// The lines of a file of questions. Empty lines and lines that begin with `#` do not count.
  func questions(_ relative: String) throws(Failure) -> [String] {
    let lines = try text(relative).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard !lines.isEmpty else { throw Failure(message: "no question stands in this file") }
    guard lines.count <= Self.mostQuestions else {
      throw Failure(message: "more than \(Self.mostQuestions) questions")
    }
    return lines
  }

  /// The Markdown and text files of a folder, by name.
  func documents(_ relative: String) throws(Failure) -> [WorldDescription.Document] {
    let folder = try locate(relative)
    let names = try Self.names(in: folder).filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }
    guard !names.isEmpty else { throw Failure(message: "no .md or .txt file stands in the folder") }
    guard names.count <= Self.mostDocuments else {
      throw Failure(message: "more than \(Self.mostDocuments) documents")
    }
    var documents: [WorldDescription.Document] = []
    for name in names {
      do {
        documents.append(.init(name: name, text: try text("\(relative)/\(name)")))
      } catch {
        throw Failure(message: "\(name): \(error.message)")
      }
    }
    return documents
  }

  /// The world that a wrong path was probably meant to name.
  func world(meantBy name: String) -> String? {
    let known = ((try? Self.names(in: root + "/worlds")) ?? []).map { "worlds/" + $0 }
    let whole = ["worlds/\(name).yaml", "worlds/\(name)", "\(name).yaml"]
    return known.first { whole.contains($0) } ?? NearestWord.nearest(to: name, among: known)
  }

  /// Sorted, without hidden entries.
  static func names(in folder: String) throws(Failure) -> [String] {
    guard isFolder(folder) else { throw Failure(message: "there is no such folder") }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { !$0.hasPrefix(".") }
        .sorted()
    } catch {
      throw Failure(message: "the folder cannot be read")
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue
  }

  /// Looks at the kind first: a pipe or a device would never come to an end.
  static func text(at path: String) throws(Failure) -> String {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: real) else {
      throw Failure(message: "there is no such file")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw Failure(message: "this is not a regular file")
    }
    guard let handle = FileHandle(forReadingAtPath: real) else {
      throw Failure(message: "the file cannot be read")
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: largestFile + 1) ?? Data() else {
      throw Failure(message: "the file cannot be read")
    }
    guard data.count <= largestFile else {
      throw Failure(message: "the file is larger than 1 MiB")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Failure(message: "the file is not valid UTF-8")
    }
    return text
  }
}
