package import Foundation

/// The symbolic link that always leads to the newest report.
package struct LatestLink: Sendable {
  private let link: URL

  /// - Parameter link: where the link stands, for instance `Reports/latest`.
  package init(at link: URL) {
    self.link = link.standardizedFileURL
  }

  /// Swaps the link to a report: at every moment it leads to the old one or to the new one.
  ///
  /// - Throws: `ReportFailure` when something else than a link stands there, or none can be made.
  package func point(to report: URL) throws {
    let files = FileManager.default
    let parent = link.deletingLastPathComponent()
    let attributes = try? files.attributesOfItem(atPath: link.path)
    if let type = attributes?[.type] as? FileAttributeType, type != .typeSymbolicLink {
      throw ReportFailure.occupied(path: link.path)
    }
    let fresh = parent.appending(path: ".\(link.lastPathComponent).\(UUID().uuidString)")
    do {
      try files.createDirectory(at: parent, withIntermediateDirectories: true)
      try files.createSymbolicLink(atPath: fresh.path, withDestinationPath: destination(of: report))
    } catch {
      throw ReportFailure.unwritable(path: link.path, reason: error.localizedDescription)
    }
    // The system call replaces the old link in one step, which FileManager does not.
    guard rename(fresh.path, link.path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? files.removeItem(at: fresh)
      throw ReportFailure.unwritable(path: link.path, reason: reason)
    }
  }

  /// Relative when the report stands beside the link, so that the folder can be moved.
  private func destination(of report: URL) -> String {
    let place = report.standardizedFileURL
    return place.deletingLastPathComponent().path == link.deletingLastPathComponent().path
      ? place.lastPathComponent : place.path
  }
}
