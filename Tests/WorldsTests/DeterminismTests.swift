import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Worlds

/// Goal: the same seed gives the same order of steps, another seed another one; faults strike as
/// set and are told.
@Suite struct DeterminismTests {
  private func race(seed: UInt64) async throws -> [String] {
    let conditions = NetworkConditions(
      standard: LinkConditions(delay: .milliseconds(1) ... .milliseconds(50))
    )
    return try await WorldUnderTest.simulated.play(seed: seed, conditions: conditions) { world in
      let notes = Notes()
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: [
        "race.example": { request, _ in
          await notes.add(request.head.path ?? "")
          return Response(status: .ok)
        }
      ])
      return try await world.whileRunning(program, as: server) {
        await withTaskGroup(of: Void.self) { group in
          for runner in 1...40 {
            group.addTask {
              _ = try? await client.surroundings.transport.collect(
                .get("race.example/\(runner)")
              )
            }
          }
        }
        return await notes.lines
      }
    }
  }

  @Test func theSeedDecidesTheOrder() async throws {
    let first = try await race(seed: 7)
    #expect(first.count == 40)
    #expect(try await race(seed: 7) == first)
    #expect(try await race(seed: 8) != first)
  }

  @Test func numbersOfOneNameDoNotMoveThoseOfAnother() {
    let randomness = Randomness(seed: 3)
    var network = randomness.generator("network")
    var model = randomness.generator("model")
    let alone = (0..<5).map { _ in model.next() }
    var modelAgain = randomness.generator("model")
    let interleaved = (0..<5).map { _ in
      _ = network.next()
      return modelAgain.next()
    }
    #expect(alone == interleaved)
    var scoped = randomness.scoped("a").generator("model")
    #expect(scoped.next() != alone[0])
  }

  /// How long each of ten requests takes, one a second, while others send the same requests or not.
  private func waits(besideOthers: Bool) async throws -> [Duration] {
    let conditions = NetworkConditions(
      standard: LinkConditions(delay: .milliseconds(1) ... .milliseconds(50))
    )
    return try await WorldUnderTest.simulated.play(conditions: conditions) { world in
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: ["same.example": { _, _ in Response(status: .ok) }])
      let begin = world.clock.now
      @Sendable func send(after lead: Duration) async throws -> [Duration] {
        var waits: [Duration] = []
        for second in 1...10 {
          let moment = begin + .seconds(second) + lead
          try await world.clock.sleep(until: moment)
          _ = try await client.surroundings.transport.collect(.get("same.example/"))
          waits.append(world.clock.now - moment)
        }
        return waits
      }
      return try await world.whileRunning(program, as: server) {
        async let others = besideOthers ? send(after: .milliseconds(-500)) : []
        let waits = try await send(after: .zero)
        _ = try await others
        return waits
      }
    }
  }

  @Test func whatOthersSendMovesNothing() async throws {
    let alone = try await waits(besideOthers: false)
    #expect(Set(alone).count > 5)
    #expect(try await waits(besideOthers: true) == alone)
  }

  @Test(arguments: WorldUnderTest.allCases)
  func faultsStrikeAsSet(in kind: WorldUnderTest) async throws {
    let conditions = NetworkConditions()
    let effects = Effects()
    conditions.onEffect { _, effect in effects.add(effect.rawValue) }
    let outcomes = try await kind.play(conditions: conditions) { world in
      let notes = Notes()
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: [
        "target.example": { request, _ in
          await notes.add("served")
          return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "body")))
        }
      ])
      return try await world.whileRunning(program, as: server) {
        _ = try await world.get("target.example/", from: client)
        var outcomes: [String] = []
        for fault in [
          LinkConditions(isDown: true), LinkConditions(resetPercent: 100),
          LinkConditions(lossPercent: 100), LinkConditions(duplicationPercent: 100),
        ] {
          conditions.set(fault, to: "target.example")
          do {
            let answer = try await world.clock.withDeadline(.seconds(5)) {
              try await client.surroundings.transport.collect(.get("target.example/"))
            }
            outcomes.append("\(answer.head.status.code)")
          } catch {
            outcomes.append("\(error)".prefix { $0 != "(" }.description)
          }
        }
        return outcomes + ["served \(await notes.lines.count)"]
      }
    }
    #expect(
      outcomes.prefix(4) == ["connectionRefused", "connectionReset", "DeadlineExceeded", "200"]
    )
    #expect(effects.list == ["refused", "reset", "lost", "duplicated"])
    // The first, the duplicated pair, and perhaps the one whose response was cut.
    #expect(["served 3", "served 4"].contains(outcomes.last))
  }

  @Test func aWorldWithoutTimersOrWorkIsAnInternalError() async {
    await #expect(throws: SimulationError.standstill) {
      try await WorldUnderTest.simulated.play { _ in
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
    }
  }

  @Test(arguments: ["2026-01-05T08:00:00.000Z", "1999-12-31T23:59:59.999Z"])
  func momentsAreWrittenAndReadAlike(text: String) throws {
    #expect(Timestamp(iso8601: text)?.iso8601 == text)
  }

  @Test(arguments: ["2026-02-30T08:00:00Z", "2026-01-05 08:00", "", "2026-13-01T00:00:00Z"])
  func whatIsNoMomentIsRefused(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }
}
