import Foundation
import Guarantees
import Testing

/// What a run leaves where it cannot write: no half of a report, and the earlier one as it was.
@Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: Disk.canBeMade)) struct LimitTests {
  private static let quick = RunCommandTests.quick

  /// Full before the evidence is written, in the middle of it, and when it stands there already.
  @Test(arguments: [0, 96, 256, 400])
  func aFullDiskLeavesTheEarlierReport(kibibytes: Int) async throws {
    try await Bench.withDirectory { directory in
      let disk = try #require(Disk(in: directory, options: "size=2m"))
      defer { disk.remove() }
      let place = disk.folder.appending(path: "report").path
      let first = try await keyproof(["run", Self.quick, "--report", place], in: directory)
      #expect(first.status == ExitStatus.held.rawValue, "\(first.errors)")
      try disk.fill(leaving: kibibytes << 10)
      let second = try await keyproof(
        ["run", Self.quick, "--seed", "2", "--report", place],
        in: directory
      )
      #expect(second.status == ExitStatus.internalError.rawValue, "\(second.output)")
      #expect(second.errors.contains("No space left on device"), "\(second.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: disk.folder.path).sorted()
      #expect(names == ["fill", "report"])
      let earlier = try await keyproof(["verify", place], in: directory)
      #expect(earlier.status == 0, "\(earlier.errors)")
      #expect(earlier.output.contains("the seed 1 was known"))
    }
  }

  @Test func aDiskThatMayNotBeWrittenIsSaidBeforeTheRun() async throws {
    try await Bench.withDirectory { directory in
      let disk = try #require(Disk(in: directory, options: "size=2m"))
      defer { disk.remove() }
      let place = disk.folder.appending(path: "report").path
      _ = try await keyproof(["run", Self.quick, "--report", place], in: directory)
      #expect(disk.remount("ro"))
      for place in [place, disk.folder.appending(path: "other").path] {
        let outcome = try await keyproof(["run", Self.quick, "--report", place], in: directory)
        #expect(outcome.status == ExitStatus.internalError.rawValue)
        #expect(outcome.errors.contains("read-only"), "\(outcome.errors)")
        // Nothing was played for nothing.
        #expect(outcome.output.isEmpty)
      }
      let earlier = try await keyproof(["verify", place], in: directory)
      #expect(earlier.status == 0, "\(earlier.errors)")
    }
  }

  @Test func aMergeOnAFullDiskLeavesNothing() async throws {
    try await Bench.withDirectory { directory in
      let disk = try #require(Disk(in: directory, options: "size=300k"))
      defer { disk.remove() }
      let stories = [Self.quick, RunCommandTests.planned]
      let parts = ["1/2", "2/2"].map { (shard: $0, place: directory.path + "/\($0.prefix(1))") }
      for part in parts {
        _ = try await keyproof(
          ["run"] + stories + ["--shard", part.shard, "--report", part.place],
          in: directory
        )
      }
      let outcome = try await keyproof(
        ["merge"] + parts.map(\.place) + ["--report", disk.folder.path + "/report"],
        in: directory
      )
      #expect(outcome.status == ExitStatus.internalError.rawValue)
      #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: disk.folder.path).isEmpty)
    }
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}

/// A small disk in memory, as far as this machine lets one be made.
private struct Disk {
  let folder: URL

  /// Tried once: a machine may keep even root from mounting.
  static let canBeMade: Bool = {
    let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    guard geteuid() == 0, let disk = Disk(in: place, options: "size=64k") else { return false }
    disk.remove()
    try? FileManager.default.removeItem(at: place)
    return true
  }()

  init?(in directory: URL, options: String) {
    folder = directory.appending(path: "disk")
    let made: ()? = try? FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: true
    )
    guard made != nil, Self.system("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.path)
    else { return nil }
  }

  /// Writes a file until so many bytes are free.
  func fill(leaving bytes: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
    let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
    try Data(count: max(0, free - bytes)).write(to: folder.appending(path: "fill"))
  }

  func remount(_ options: String) -> Bool {
    Self.system("mount", "-o", "remount,\(options)", folder.path)
  }

  func remove() {
    _ = Self.system("umount", folder.path)
  }

  private static func system(_ command: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
