import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import Worlds

/// The same test body runs in both worlds.
enum WorldUnderTest: String, CaseIterable, CustomTestStringConvertible {
  case simulated
  case loopback

  var testDescription: String { rawValue }

  func play<Result: Sendable>(
    seed: UInt64 = 1,
    conditions: NetworkConditions = NetworkConditions(),
    _ body: @escaping @Sendable (any World) async throws -> Result
  ) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "keyproof-worlds-\(UUID().uuidString)"
    )
    defer { try? FileManager.default.removeItem(at: directory) }
    let settings = WorldSettings(
      startsAt: Timestamp(unixSeconds: 1_767_600_000),
      seed: seed,
      directory: directory,
      conditions: conditions
    )
    switch self {
    case .simulated:
      let world = SimulatedWorld(settings)
      return try await onOwnThread { try world.play { try await body(world) } }
    case .loopback:
      let world = LoopbackWorld(settings, jumps: true)
      return try await onOwnThread { try world.play { try await body(world) } }
    }
  }
}

extension World {
  /// Runs `program` as `instance` while `story` plays, and stops it afterwards.
  func whileRunning<Result: Sendable>(
    _ program: Program,
    as instance: Instance,
    _ story: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try? await self.run(program, as: instance)
        return nil
      }
      group.addTask { try await story() }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  /// Sends until somebody listens: a program needs a moment to open its port.
  func get(_ url: String, from client: Instance) async throws -> CollectedResponse {
    while true {
      do {
        return try await client.surroundings.transport.collect(.get(url))
      } catch TransportError.unknownHost {
        try await clock.sleep(for: .milliseconds(5))
      }
    }
  }
}

extension OutgoingRequest {
  static func get(_ url: String) -> OutgoingRequest {
    let parts = url.split(separator: "/", maxSplits: 1)
    return OutgoingRequest(
      head: HTTPRequest(
        method: .get,
        scheme: "https",
        authority: String(parts[0]),
        path: "/" + (parts.count > 1 ? parts[1] : "")
      )
    )
  }
}

/// Collects what a test saw, in order.
actor Notes {
  private(set) var lines: [String] = []

  func add(_ line: String) {
    lines.append(line)
  }
}

/// A list that closures outside of any task can add to.
final class Effects: Sendable {
  private let stored = Mutex<[String]>([])

  var list: [String] { stored.withLock { $0 } }

  func add(_ effect: String) {
    stored.withLock { $0.append(effect) }
  }
}
