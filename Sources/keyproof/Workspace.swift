import Foundation

/// The directory in which a run's worlds keep their disks; gone when the run is over.
///
/// In memory where the system has room for that: a story writes little, but waits for the disk each
/// time that its vendor opens or closes its database.
struct Workspace: Sendable {
  private static let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
  /// A library's disks take a few hundred megabytes at most.
  private static let roomNeeded: Int64 = 2 << 30

  let directory: URL

  init() throws {
    directory = Self.place(in: Self.memory, withRoomFor: Self.roomNeeded)
      .appendingPathComponent("keyproof-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(
      at: directory,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  /// `memory` if it is there, may be written and has so many bytes free; else where temporary files
  /// go. Whoever sets `TMPDIR` has chosen.
  static func place(in memory: URL, withRoomFor bytes: Int64) -> URL {
    let manager = FileManager.default
    let attributes = try? manager.attributesOfFileSystem(forPath: memory.path)
    let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    guard ProcessInfo.processInfo.environment["TMPDIR"] == nil, free >= bytes,
      manager.isWritableFile(atPath: memory.path)
    else { return manager.temporaryDirectory }
    return memory
  }

  func remove() {
    try? FileManager.default.removeItem(at: directory)
  }
}
