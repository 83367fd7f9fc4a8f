package import Foundation

/// Looks through the bytes of every artefact before anything of a report is put into place.
package struct ArtefactGuard: Sendable {
  private let scan: @Sendable (_ name: String, _ bytes: Data) throws -> Void

  /// - Parameter scan: throws when it finds a key in the bytes. What it throws is dropped, since
  ///   its text may hold the value.
  package init(scan: @escaping @Sendable (_ name: String, _ bytes: Data) throws -> Void) {
    self.scan = scan
  }

  /// - Throws: `ReportFailure.keyFound` with the file's name.
  package func check(_ name: String, _ bytes: Data) throws {
    do {
      try scan(name, bytes)
    } catch {
      throw ReportFailure.keyFound(file: name)
    }
  }
}
