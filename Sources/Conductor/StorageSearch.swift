import Evidence
import Foundation

/// Searches the vendor's disk for keys, as an auditor with access to the machine would.
struct StorageSearch: Sendable {
  let scanner: SurfaceScanner
  let sightings: Sightings

  /// - Parameter directories: the storage of every instance so far.
  func search(_ directories: [URL]) {
    for directory in directories {
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory.path)) ?? []
      for name in names.sorted() {
        let file = directory.appendingPathComponent(name)
        guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe) else { continue }
        let surface: Event.Surface = name.hasSuffix(".log") ? .log : .storage
        let hits = bytes.withUnsafeBytes { scanner.scanForKeys($0) }
        for hit in hits {
          sightings.record(
            hit,
            surface: surface,
            place: "\(directory.lastPathComponent)/\(name)"
          )
        }
        sightings.searched(surface, bytes: bytes.count)
      }
    }
  }
}
