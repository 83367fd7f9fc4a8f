import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Worlds

/// Goal: a crash as the design defines it. From that instant nothing of the old instance reaches
/// wire or disk, `catch` and `defer` blocks included; the next one opens a byte copy.
@Suite struct CrashTests {
  /// A program that writes a line to its disk and tells a witness, over and over; and that tries
  /// once more when it is thrown out.
  private func diary(_ surroundings: Surroundings) -> Program {
    @Sendable func write(_ line: String) throws {
      let file = surroundings.storage.appendingPathComponent("diary")
      let old = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      try (old + line + "\n").write(to: file, atomically: false, encoding: .utf8)
    }
    @Sendable func tell(_ line: String) async throws {
      _ = try await surroundings.transport.collect(.get("witness.example/\(line)"))
    }
    return Program(
      hosts: [
        "diary.example": { _, _ in
          try await surroundings.clock.sleep(for: .seconds(1_000))
          return Response(status: .ok)
        }
      ],
      background: {
        do {
          for number in 1...10 {
            try write("line\(number)")
            try await tell("line\(number)")
            try await surroundings.clock.sleep(for: .seconds(10))
          }
        } catch {
          try? write("last-words")
          try? await tell("last-words")
          throw error
        }
      }
    )
  }

  @Test(arguments: WorldUnderTest.allCases)
  func nothingOfACrashedInstanceReachesWireOrDisk(in kind: WorldUnderTest) async throws {
    let (heard, copied, client) = try await kind.play { world in
      let notes = Notes()
      let witness = try world.makeInstance("witness", storage: nil)
      let program = Program(hosts: [
        "witness.example": { request, _ in
          await notes.add(String((request.head.path ?? "").dropFirst()))
          return Response(status: .ok)
        }
      ])
      return try await world.whileRunning(program, as: witness) {
        _ = try await world.get("witness.example/ready", from: witness)
        let first = try world.makeInstance("diary", storage: nil)
        let copy = try await world.whileRunning(diary(first.surroundings), as: first) {
          try await world.clock.sleep(for: .seconds(25))
          return try world.crash(first)
        }
        try await world.clock.sleep(for: .seconds(60))
        let copied = try String(
          contentsOf: copy.appendingPathComponent("diary"),
          encoding: .utf8
        )
        let second = try world.makeInstance("diary", storage: copy)
        try await world.whileRunning(diary(second.surroundings), as: second) {
          try await world.clock.sleep(for: .seconds(5))
        }
        return (await notes.lines, copied, second.surroundings.storage == copy)
      }
    }
    #expect(copied == "line1\nline2\nline3\n")
    #expect(client)
    // The second life is stopped, not crashed: its last words are allowed.
    #expect(heard.prefix(5) == ["ready", "line1", "line2", "line3", "line1"])
    #expect(!heard.prefix(5).contains("last-words"))
  }

  @Test(arguments: WorldUnderTest.allCases)
  func openExchangesBreakAtBothEnds(in kind: WorldUnderTest) async throws {
    let seen = try await kind.play { world in
      let server = try world.makeInstance("diary", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let witness = try world.makeInstance("witness", storage: nil)
      return try await world.whileRunning(
        Program(hosts: ["witness.example": { _, _ in Response(status: .ok) }]),
        as: witness
      ) {
        _ = try await world.get("witness.example/", from: client)
        return try await withThrowingTaskGroup(of: String.self) { group in
          group.addTask {
            do {
              return "\(try await world.get("diary.example/", from: client).head.status)"
            } catch {
              return "\(error)"
            }
          }
          group.addTask {
            try await world.whileRunning(diary(server.surroundings), as: server) {
              try await world.clock.sleep(for: .seconds(5))
              _ = try world.crash(server)
            }
            return "crashed"
          }
          var seen: [String] = []
          for try await line in group { seen.append(line) }
          return seen.sorted()
        }
      }
    }
    #expect(seen == ["connectionReset", "crashed"])
  }
}
