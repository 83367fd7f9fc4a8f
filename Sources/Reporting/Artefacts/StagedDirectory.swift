import Foundation

/// A directory that is filled beside its place and renamed into it when it is whole.
struct StagedDirectory {
  /// The file by which an earlier report is recognised, so that nothing else is ever replaced.
  static let reportFile = "report.json"

  private let place: URL
  private let staging: URL

  init(for directory: URL) throws {
    place = directory.standardizedFileURL
    let parent = place.deletingLastPathComponent()
    let name = ".\(place.lastPathComponent).\(UUID().uuidString).partial"
    staging = parent.appending(path: name, directoryHint: .isDirectory)
    try Self.checkReplaceable(place)
    do {
      try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
    } catch {
      throw Self.unwritable(place, error)
    }
  }

  func write(_ bytes: Data, to name: String) throws {
    let file = staging.appending(path: name, directoryHint: .notDirectory)
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

  /// Puts the directory into its place; an earlier report there gives way, and comes back if the
  /// new one cannot be put there.
  func commit() throws {
    let files = FileManager.default
    let aside = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).\(UUID().uuidString).old",
      directoryHint: .isDirectory
    )
    let replaces = files.fileExists(atPath: place.path)
    do {
      if replaces { try files.moveItem(at: place, to: aside) }
      do {
        try files.moveItem(at: staging, to: place)
      } catch {
        if replaces { try files.moveItem(at: aside, to: place) }
        throw error
      }
    } catch {
      throw Self.unwritable(place, error)
    }
    if replaces { try? files.removeItem(at: aside) }
  }

  func discard() {
    try? FileManager.default.removeItem(at: staging)
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
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    let reason =
      if cause.domain == NSPOSIXErrorDomain {
        String(cString: strerror(Int32(cause.code)))
      } else {
        error.localizedDescription
      }
    return .unwritable(path: place.path, reason: reason)
  }
}
