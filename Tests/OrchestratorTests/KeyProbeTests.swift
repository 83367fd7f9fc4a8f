import Foundation
import Testing
import Worlds

@testable import Orchestrator

/// A rejected key is tried once in an interval, by whichever process comes first.
@Suite struct KeyProbeTests {
  private func withProbes(_ body: (KeyProbes, KeyProbes) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("keyproof-probes-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let first = KeyProbes(storage: try Storage(directory: directory, isShared: true))
    let second = KeyProbes(storage: try Storage(directory: directory, isShared: true))
    try body(first, second)
  }

  private func begins(
    _ probes: KeyProbes,
    at seconds: Int64,
    version: Int64 = 1,
    of tenant: String = "acme"
  ) throws -> Bool {
    try probes.begin(
      of: tenant,
      version: version,
      at: Timestamp(unixSeconds: seconds),
      interval: .seconds(60)
    )
  }

  @Test func `Two processes share the interval`() throws {
    try withProbes { first, second throws in
      #expect(try begins(first, at: 1_000))
      #expect(try !begins(second, at: 1_000))
      #expect(try !begins(second, at: 1_059))
      #expect(try begins(second, at: 1_060))
      #expect(try !begins(first, at: 1_119))
      #expect(try begins(first, at: 1_120))
    }
  }

  @Test func `Another key, and another customer's, is another matter`() throws {
    try withProbes { first, second throws in
      #expect(try begins(first, at: 1_000))
      #expect(try begins(second, at: 1_001, version: 2))
      #expect(try !begins(first, at: 1_002, version: 2))
      #expect(try begins(second, at: 1_003, of: "globex"))
    }
  }
}
