import Foundation
import Synchronization

/// The directories of a run's instances: numbered, so that a crashed instance keeps its own.
final class InstanceStorage: Sendable {
  private let directory: URL
  private let made = Mutex<[String: Int]>([:])

  init(directory: URL) {
    self.directory = directory
  }

  func make(for name: String) throws -> URL {
    let number = made.withLock { made in
      made[name, default: 0] += 1
      return made[name] ?? 0
    }
    let new = directory.appendingPathComponent("\(name)-\(number)", isDirectory: true)
    try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
    return new
  }

  func copy(of instance: Instance) throws -> URL {
    let copy = try make(for: instance.name)
    let original = instance.surroundings.storage
    for file in try FileManager.default.contentsOfDirectory(atPath: original.path).sorted() {
      try FileManager.default.copyItem(
        at: original.appendingPathComponent(file),
        to: copy.appendingPathComponent(file)
      )
    }
    return copy
  }
}
