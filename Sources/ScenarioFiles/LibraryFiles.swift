import Foundation

/// The files that a scenario or a world names: looked for beside it and then in its library, read
/// within bounds, and never outside of the two.
struct LibraryFiles {
  struct Failure: Error {
    /// What is wrong, to stand behind the path.
    let message: String
  }

  /// A folder from which paths lead.
  struct Place: Equatable {
    /// Absolute.
    let folder: String
    /// As a reader would type it.
    let shown: String
    /// What stands before a path from here among a story's inputs; empty for a library's root.
    let bundled: String
  }

  static let largestFile = 1 << 20
  static let mostDocuments = 200
  static let mostQuestions = 2_000

  /// In the order in which they are looked through; the last one is the library.
  let places: [Place]
  /// What was read through this value.
  let inputs: ReadInputs

  /// - Parameters:
  ///   - library: The root of the library.
  ///   - beside: Folders of the files that name what is looked for, the nearest first.
  init(library: Place, beside: [Place]) {
    var places: [Place] = []
    for place in beside + [library] where !places.contains(where: { $0.folder == place.folder }) {
      places.append(place)
    }
    self.places = places
    self.library = library
    inputs = ReadInputs()
  }

  private let library: Place

  private init(library: Place, places: [Place], inputs: ReadInputs) {
    self.library = library
    self.places = places
    self.inputs = inputs
  }

  /// Absolute.
  var root: String { library.folder }

  /// The same places without what was read, and this one to look through first.
  func beginning(beside place: Place? = nil) -> LibraryFiles {
    let others = places.filter { $0.folder != library.folder }
    return LibraryFiles(library: library, beside: (place.map { [$0] } ?? []) + others)
  }

  /// One more place to look through, before the library; what is read is noted here as well.
  func trying(_ place: Place) -> LibraryFiles {
    guard !places.contains(where: { $0.folder == place.folder }) else { return self }
    return LibraryFiles(
      library: library,
      places: places.dropLast() + [place] + places.suffix(1),
      inputs: inputs
    )
  }

  /// Where a path of a file leads.
  func locate(_ relative: String) throws(Failure) -> String {
    try find(relative).path
  }

  private func find(_ relative: String) throws(Failure) -> (path: String, bundled: String) {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw Failure(
        message: "the path must lead straight down from the file's own folder or from the "
          + "library's root, without '..' or '.'"
      )
    }
    for place in places {
      let path = place.folder + "/" + relative
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let folder = URL(fileURLWithPath: place.folder).resolvingSymlinksInPath().path
      let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      guard real.hasPrefix(folder == "/" ? "/" : folder + "/") else {
        throw Failure(message: "the path leads out of '\(place.shown)'")
      }
      return (path, place.bundled.isEmpty ? relative : place.bundled + "/" + relative)
    }
    throw Failure(message: "there is nothing of that name \(placesInWords)")
  }

  /// Where was looked, for whoever wonders why something is not found.
  private var placesInWords: String {
    let shown = places.map { "'\($0.shown)'" }
    let looked = "in " + shown.joined(separator: " nor in ")
    guard !LibraryFiles.isFolder(root) else { return looked }
    return looked + "; there is no library here: '--library DIR' says where one is"
  }

  func text(_ relative: String) throws(Failure) -> String {
    let (path, bundled) = try find(relative)
    let text = try Self.text(at: path)
    inputs.note(bundled, text)
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
    let (folder, bundled) = try find(relative)
    let names = try Self.names(in: folder).filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }
    guard !names.isEmpty else { throw Failure(message: "no .md or .txt file stands in the folder") }
    guard names.count <= Self.mostDocuments else {
      throw Failure(message: "more than \(Self.mostDocuments) documents")
    }
    var documents: [WorldDescription.Document] = []
    for name in names {
      do {
        let text = try Self.text(at: Self.below(folder, name))
        inputs.note("\(bundled)/\(name)", text)
        documents.append(.init(name: name, text: text))
      } catch {
        throw Failure(message: "\(name): \(error.message)")
      }
    }
    return documents
  }

  /// An entry of a folder, that is no way out of it.
  private static func below(_ folder: String, _ name: String) throws(Failure) -> String {
    let path = folder + "/" + name
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard real.hasPrefix(URL(fileURLWithPath: folder).resolvingSymlinksInPath().path + "/") else {
      throw Failure(message: "the path leads out of the folder")
    }
    return path
  }

  /// The world that a wrong path was probably meant to name.
  func world(meantBy name: String) -> String? {
    let known = places.flatMap { place in
      ((try? Self.names(in: place.folder + "/worlds")) ?? []).map { "worlds/" + $0 }
    }
    let whole = ["worlds/\(name).yaml", "worlds/\(name)", "\(name).yaml"]
    return known.first { whole.contains($0) } ?? NearestWord.nearest(to: name, among: known)
      ?? path(meantBy: name)
  }

  /// The file or folder beside which a wrong path leads past.
  func path(meantBy name: String) -> String? {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let folders = folder.isEmpty ? places.map(\.folder) : [(try? locate(folder)) ?? ""]
    let known = folders.flatMap { path in
      ((try? Self.names(in: path)) ?? []).prefix(Self.mostDocuments)
        .map { folder.isEmpty ? $0 : folder + "/" + $0 }
    }.filter { $0 != name }
    return known.first { $0.hasPrefix(name + ".") } ?? NearestWord.nearest(to: name, among: known)
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
