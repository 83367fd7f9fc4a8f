/// Why a report could not be written. Its words never contain what was found in an artefact.
package enum ReportFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing can be written at this path.
  case unwritable(path: String, reason: String)
  /// Something stands at the path that is no report of Keyproof; it is left alone.
  case occupied(path: String)
  /// A key, or the marker of a document or question, came to light in this artefact, so that the
  /// whole report was held back.
  case keyFound(file: String)

  package var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "cannot write the report at \(path): \(reason)"
    case .occupied(let path):
      "cannot write the report at \(path): it exists and is no report of Keyproof"
    case .keyFound(let file):
      "the report was not written: a key or a marker was found in its file \(file)"
    }
  }
}
