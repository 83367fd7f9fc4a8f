import Evidence
package import Foundation
import Secrets

/// Every key value of a run, so that no artefact is written with one in it.
package final class KeyCollection: Sendable {
  private let scanner = SurfaceScanner()

  package init() {}

  func add(_ key: Secret, fingerprint: Fingerprint) {
    scanner.add(key, fingerprint: fingerprint)
  }

  /// Whether a key of the run stands in these bytes, in any form that the scanner knows.
  package func isFound(in bytes: Data) -> Bool {
    bytes.withUnsafeBytes { !scanner.scanForKeys($0).isEmpty }
  }
}
