import Evidence
import Foundation
import ScenarioFiles
import Synchronization

/// Looks for what people asked and were answered where a vendor may keep none of it, or where it is
/// to be shown that it can. Each search is an event, and so is each text that it found.
final class TextSearch: Sendable {
  private let scanner: SurfaceScanner
  /// Answers have a scanner of their own: in prompts and replies their markers are told by shape.
  private let answers = SurfaceScanner()
  private let recorder: Recorder
  private let texts = Mutex<Set<String>>([])

  /// Nil where nobody forbids it and nobody is to be shown it: it costs time.
  init?(_ scenario: Scenario, scanner: SurfaceScanner, recorder: Recorder) {
    let isForbidden = scenario.world.tenants.contains { $0.forbidsQueryLogging }
    guard isForbidden || scenario.demonstrates.contains("vendor-can-log") else { return nil }
    self.scanner = scanner
    self.recorder = recorder
  }

  /// A question that its canary stands for: the run's scanner knows it.
  func note(question canary: String) {
    texts.withLock { _ = $0.insert(canary) }
  }

  func note(answer marker: String) {
    answers.add(Canary(id: marker, kind: .completion, value: marker))
    texts.withLock { _ = $0.insert(marker) }
  }

  /// Every file below a folder; what is named like a log is one.
  func search(_ directory: URL) {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory.path)) ?? []
    var seen: Set<String> = []
    var searched: [Event.Surface: (items: Int, bytes: Int)] = [:]
    for name in names.sorted() {
      let file = directory.appendingPathComponent(name)
      guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe) else { continue }
      let surface: Event.Surface = name.hasSuffix(".log") ? .log : .storage
      let before = searched[surface] ?? (0, 0)
      searched[surface] = (before.items + 1, before.bytes + bytes.count)
      let place = "\(directory.lastPathComponent)/\(name)"
      bytes.withUnsafeBytes { record(hits(in: $0, on: surface), surface, place, &seen) }
    }
    for surface in Event.Surface.allCases {
      guard let (items, bytes) = searched[surface] else { continue }
      report(surface, items: items, bytes: bytes)
    }
  }

  func search(_ bytes: Data, _ surface: Event.Surface, place: String) {
    var seen: Set<String> = []
    bytes.withUnsafeBytes { record(hits(in: $0, on: surface), surface, place, &seen) }
    // Requests come by the thousand, and prove nothing by being clean.
    if surface != .request { report(surface, items: 1, bytes: bytes.count) }
  }

  /// The documents that a customer uploaded belong into the files.
  private func hits(
    in bytes: UnsafeRawBufferPointer,
    on surface: Event.Surface
  ) -> [SurfaceScanner.Hit] {
    scanner.scanForMarkers(bytes).filter { $0.kind != .document || surface != .storage }
      + answers.scanForMarkers(bytes)
  }

  /// Each text once a search, at the first place.
  private func record(
    _ hits: [SurfaceScanner.Hit],
    _ surface: Event.Surface,
    _ place: String,
    _ seen: inout Set<String>
  ) {
    for hit in hits where seen.insert("\(surface) \(hit.subject)").inserted {
      recorder.record(
        .sighting(
          .init(subject: hit.subject, surface: surface, place: place, encoding: hit.encoding)
        )
      )
    }
  }

  private func report(_ surface: Event.Surface, items: Int, bytes: Int) {
    let count = texts.withLock { $0.count }
    recorder.record(
      .searched(.init(surface: surface, items: items, bytes: bytes, texts: count))
    )
  }
}
