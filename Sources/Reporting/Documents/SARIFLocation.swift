import Foundation
import Guarantees

/// A line of a file.
struct SARIFLocation: Encodable {
  var physicalLocation: Physical
  var message: SARIFMessage?

  struct Physical: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  struct Artifact: Encodable {
    var uri: String
    var uriBaseId: String?
  }

  struct Region: Encodable {
    var startLine: Int
  }

  /// A line of a scenario file, from the top of the repository that Keyproof was started in.
  init(_ place: ScenarioPlace, line: Int) {
    let isAbsolute = place.path.hasPrefix("/")
    physicalLocation = Physical(
      artifactLocation: Artifact(
        uri: isAbsolute
          ? URL(filePath: place.path).absoluteString : Self.relativeReference(place.path),
        uriBaseId: isAbsolute ? nil : "%SRCROOT%"
      ),
      region: Region(startLine: max(1, line))
    )
  }

  /// A line of a file of the report, beside the document itself.
  init(ofReport name: String, line: Int, _ message: String) {
    physicalLocation = Physical(
      artifactLocation: Artifact(uri: Self.relativeReference(name)),
      region: Region(startLine: max(1, line))
    )
    self.message = SARIFMessage(message)
  }

  /// A path as RFC 3986 wants it in a reference; a colon in its first part would read as a scheme.
  private static func relativeReference(_ path: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(":")
    return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? "scenario"
  }
}
