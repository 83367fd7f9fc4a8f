import Evidence
import Foundation

/// Searches what the system shows of a vendor's process, and what it writes, for keys by value.
struct ProcessSearch: Sendable {
  let scanner: SurfaceScanner
  let sightings: Sightings

  func searchProcess(_ process: VendorProcess) {
    if let environment = process.shown("environ") {
      search(environment, .environment, place: "environment of the process")
    }
    if let arguments = process.shown("cmdline") {
      search(arguments, .arguments, place: "arguments of the process")
    }
  }

  func searchOutputs(_ files: [URL]) {
    for file in files {
      guard let data = try? Data(contentsOf: file) else { continue }
      search(data, .output, place: file.lastPathComponent)
    }
  }

  /// The end of what the process wrote to its log, without a line that has a key in it.
  func lastWords(of process: VendorProcess) -> String {
    let data = (try? Data(contentsOf: process.errors)) ?? Data()
    return String(decoding: data.suffix(8_192), as: UTF8.self)
      .split(separator: "\n").suffix(8)
      .map { scanner.scanForKeys(String($0)).isEmpty ? "  \($0)" : "  [a line with a key]" }
      .joined(separator: "\n")
  }

  private func search(_ data: Data, _ surface: Event.Surface, place: String) {
    for hit in data.withUnsafeBytes({ scanner.scanForKeys($0) }) {
      sightings.record(hit, surface: surface, place: place)
    }
    sightings.searched(surface, bytes: data.count)
  }
}
