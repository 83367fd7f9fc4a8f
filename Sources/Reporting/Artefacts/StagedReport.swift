import Evidence
package import Foundation

/// The folder of a report while it is being made: beside its place, under a name that says that it
/// is incomplete, and renamed when it is whole. What is found there after a run was killed is the
/// evidence up to that moment.
package struct StagedReport: Sendable {
  /// The file by which an earlier report is recognised, so that nothing else is ever replaced.
  static let reportFile = "report.json"
  /// Stands in the folder until the report is whole.
  static let incompleteFile = "incomplete.json"
  static let evidenceFolder = "evidence"

  private let place: URL
  /// Where the files are until then.
  package let directory: URL

  /// Makes the folder.
  ///
  /// - Throws: `ReportFailure` when nothing can be written there, or something stands there that is
  ///   no report.
  package init(for directory: URL) throws {
    place = directory.standardizedFileURL
    let parent = place.deletingLastPathComponent()
    Self.recover(place)
    try Self.checkReplaceable(place)
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      self.directory = try Self.makeFolder("\(place.lastPathComponent).incomplete", in: parent)
      try FileManager.default.createDirectory(
        at: self.directory.appending(path: Self.evidenceFolder),
        withIntermediateDirectories: true
      )
    } catch {
      throw Self.unwritable(place, error)
    }
  }

  /// Two runs at once never get the same folder: `mkdir` makes it for one of them.
  private static func makeFolder(_ name: String, in parent: URL) throws -> URL {
    for number in 1...10_000 {
      let suffix = number == 1 ? "" : "-\(number)"
      let folder = parent.appending(path: name + suffix, directoryHint: .isDirectory)
      if mkdir(folder.path, 0o755) == 0 { return folder }
      let code = errno
      guard code == EEXIST else {
        throw NSError(domain: NSPOSIXErrorDomain, code: Int(code))
      }
    }
    throw NSError(domain: NSPOSIXErrorDomain, code: Int(EEXIST))
  }

  /// Where the log of a scenario belongs.
  ///
  /// - Parameter name: as `EvidenceNames` gives it.
  package func evidenceFile(_ name: String) -> URL {
    directory.appending(path: "\(Self.evidenceFolder)/\(name).jsonl", directoryHint: .notDirectory)
  }

  /// Says what the folder is, for whoever finds it after the run was ended.
  package func mark(subject: String, seed: UInt64, challenge: String?, version: String) throws {
    let note = IncompleteNote(
      subject: subject,
      seed: String(seed),
      challenge: challenge,
      toolVersion: version
    )
    try write(JSONBytes.encode(note), to: Self.incompleteFile)
  }

  func write(_ bytes: Data, to name: String) throws {
    let file = directory.appending(path: name, directoryHint: .notDirectory)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try bytes.write(to: file)
    } catch {
      throw Self.unwritable(place.appending(path: name), error)
    }
  }

  /// The lines of a log that stands in the folder, a piece at a time.
  func readLog(_ name: String, _ take: (_ piece: Data) throws -> Void) throws {
    do {
      try LinePieces.read(directory.appending(path: name), take)
    } catch let failure as ReportFailure {
      throw failure
    } catch {
      throw Self.unwritable(place.appending(path: name), error)
    }
  }

  /// Puts the folder into its place; an earlier report there gives way, and comes back if the new
  /// one cannot be put there.
  func commit() throws {
    let files = FileManager.default
    let lock = FolderLock(place.deletingLastPathComponent())
    defer { lock?.release() }
    do {
      try Self.checkReplaceable(place)
      try? files.removeItem(at: directory.appending(path: Self.incompleteFile))
      let aside = directory.deletingLastPathComponent()
        .appending(
          path: ".\(directory.lastPathComponent)\(Self.asideSuffix)",
          directoryHint: .isDirectory
        )
      let replaces = files.fileExists(atPath: place.path)
      if replaces { try files.moveItem(at: place, to: aside) }
      do {
        try files.moveItem(at: directory, to: place)
      } catch {
        if replaces { try files.moveItem(at: aside, to: place) }
        throw error
      }
      if replaces { try? files.removeItem(at: aside) }
    } catch let failure as ReportFailure {
      throw failure
    } catch {
      throw Self.unwritable(place, error)
    }
  }

  private static let asideSuffix = ".old"

  /// Whoever was killed while it put its report in the place of an earlier one left that one aside:
  /// it comes back where nothing took its place, and goes where something did.
  private static func recover(_ place: URL) {
    let files = FileManager.default
    let parent = place.deletingLastPathComponent()
    let lock = FolderLock(parent)
    defer { lock?.release() }
    let names = (try? files.contentsOfDirectory(atPath: parent.path)) ?? []
    for name in names.sorted()
    where name.hasPrefix(".\(place.lastPathComponent).incomplete") && name.hasSuffix(asideSuffix) {
      let aside = parent.appending(path: name, directoryHint: .isDirectory)
      if files.fileExists(atPath: place.path) {
        try? files.removeItem(at: aside)
      } else {
        try? files.moveItem(at: aside, to: place)
      }
    }
  }

  package func discard() {
    try? FileManager.default.removeItem(at: directory)
  }

  static func checkReplaceable(_ place: URL) throws {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    guard files.fileExists(atPath: place.path, isDirectory: &isDirectory) else { return }
    guard isDirectory.boolValue else { throw ReportFailure.occupied(path: place.path) }
    let content: [String]
    do {
      content = try files.contentsOfDirectory(atPath: place.path)
    } catch {
      throw unwritable(place, error)
    }
    guard content.isEmpty || content.contains(reportFile) else {
      throw ReportFailure.occupied(path: place.path)
    }
  }

  private static func unwritable(_ place: URL, _ error: any Error) -> ReportFailure {
    .unwritable(path: place.path, reason: FileFailure.reason(error))
  }
}

/// `incomplete.json`: all that is known of a run that did not come to its end.
struct IncompleteNote: Codable {
  static let format = "keyproof-incomplete/1"

  var format = Self.format
  var subject: String
  var seed: String
  var challenge: String?
  var toolVersion: String
}

/// Lets one process after the other put its report into a folder.
private struct FolderLock {
  private let descriptor: Int32

  /// Nil where the system has no locks: then two runs at once may get in each other's way.
  init?(_ folder: URL) {
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX) == 0 else {
      close(descriptor)
      return nil
    }
  }

  func release() {
    close(descriptor)
  }
}
