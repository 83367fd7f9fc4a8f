import Foundation

/// The files whose change is a reason to play again.
struct WatchedFiles {
  private static let pause = Duration.milliseconds(300)

  /// Files, or folders with all that is in them.
  let paths: [String]

  /// For each file when it was written and how long it is.
  func state() -> [String: String] {
    var state: [String: String] = [:]
    for path in paths {
      note(path, in: &state)
      guard let names = FileManager.default.enumerator(atPath: path) else { continue }
      for case let name as String in names { note("\(path)/\(name)", in: &state) }
    }
    return state
  }

  private func note(_ path: String, in state: inout [String: String]) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return }
    let written = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    state[path] = "\(written) \(attributes[.size] ?? 0)"
  }

  /// Returns when the state is another one, and has settled: editors write in several steps.
  func waitForChange(from known: [String: String]) async throws {
    var latest = state()
    while latest == known {
      try await Task.sleep(for: Self.pause)
      latest = state()
    }
    var settled = state()
    repeat {
      latest = settled
      try await Task.sleep(for: Self.pause)
      settled = state()
    } while settled != latest
  }
}
