import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Worlds

/// Goal: bodies stream both ways while they are read, exchanges end when their reader leaves, and
/// nothing outlives its time-out. Everything else is built on this.
@Suite struct StreamingTests {
  @Test(arguments: WorldUnderTest.allCases)
  func responsePiecesArriveWhenTheyAreWritten(in kind: WorldUnderTest) async throws {
    let gaps = try await kind.play { world in
      let clock = world.clock
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: [
        "slow.example": { _, _ in
          Response(
            status: .ok,
            body: ResponseBody { writer in
              for piece in 1...3 {
                try await clock.sleep(for: .seconds(10))
                try await writer.write(ByteBuffer(string: "piece \(piece)"))
              }
              try await writer.finish(nil)
            }
          )
        },
        "ready.example": { _, _ in Response(status: .ok) },
      ])
      return try await world.whileRunning(program, as: server) {
        _ = try await world.get("ready.example/", from: client)
        let begin = clock.now
        return try await client.surroundings.transport.exchange(.get("slow.example/")) {
          response in
          var arrivals: [(String, Duration)] = []
          for try await piece in response.body {
            arrivals.append((String(buffer: piece), clock.now - begin))
          }
          return arrivals.map { "\($0.0) after \($0.1.components.seconds) s" }
        }
      }
    }
    #expect(gaps == ["piece 1 after 10 s", "piece 2 after 20 s", "piece 3 after 30 s"])
  }

  @Test(arguments: WorldUnderTest.allCases)
  func requestPiecesArriveWhileTheClientStillSends(in kind: WorldUnderTest) async throws {
    let notes = try await kind.play { world in
      let notes = Notes()
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let (pieces, input) = AsyncStream<ByteBuffer>.makeStream()
      let program = Program(hosts: [
        "upload.example": { request, _ in
          for try await piece in request.body where piece.readableBytes > 0 {
            await notes.add("server read \(String(buffer: piece))")
            // The next piece is sent only because this one was read: both ends are under way.
            if String(buffer: piece) == "one" { input.yield(ByteBuffer(string: "two")) }
            if String(buffer: piece) == "two" { input.finish() }
          }
          return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "thanks")))
        },
        "ready.example": { _, _ in Response(status: .ok) },
      ])
      return try await world.whileRunning(program, as: server) {
        _ = try await world.get("ready.example/", from: client)
        input.yield(ByteBuffer(string: "one"))
        let head = HTTPRequest(
          method: .post,
          scheme: "https",
          authority: "upload.example",
          path: "/"
        )
        let answer = try await client.surroundings.transport.collect(
          OutgoingRequest(head: head, streaming: pieces)
        )
        await notes.add(String(buffer: answer.body))
        return await notes.lines
      }
    }
    #expect(notes == ["server read one", "server read two", "thanks"])
  }

  @Test(arguments: WorldUnderTest.allCases)
  func aServerLearnsThatItsReaderHasLeft(in kind: WorldUnderTest) async throws {
    let written = try await kind.play { world in
      let clock = world.clock
      let notes = Notes()
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: [
        "endless.example": { _, _ in
          Response(
            status: .ok,
            body: ResponseBody { writer in
              do {
                while true {
                  try await writer.write(ByteBuffer(repeating: 65, count: 10_000))
                  try await clock.sleep(for: .milliseconds(20))
                }
              } catch {
                await notes.add("stopped")
                throw error
              }
            }
          )
        },
        "ready.example": { _, _ in Response(status: .ok) },
      ])
      return try await world.whileRunning(program, as: server) {
        _ = try await world.get("ready.example/", from: client)
        try await client.surroundings.transport.exchange(.get("endless.example/")) { response in
          var pieces = response.body.makeAsyncIterator()
          _ = try await pieces.next()
        }
        for _ in 1...2_000 where await notes.lines.isEmpty {
          try await clock.sleep(for: .milliseconds(20))
        }
        return await notes.lines
      }
    }
    #expect(written == ["stopped"])
  }

  @Test(arguments: WorldUnderTest.allCases)
  func aDeadlineEndsAnExchangeThatHangs(in kind: WorldUnderTest) async throws {
    let (outcome, took) = try await kind.play { world in
      let clock = world.clock
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: [
        "hanging.example": { _, _ in
          try await clock.sleep(for: .seconds(3_600))
          return Response(status: .ok)
        },
        "ready.example": { _, _ in Response(status: .ok) },
      ])
      return try await world.whileRunning(program, as: server) {
        _ = try await world.get("ready.example/", from: client)
        let begin = clock.now
        do {
          let response = try await clock.withDeadline(.seconds(15)) {
            try await client.surroundings.transport.collect(.get("hanging.example/"))
          }
          return ("\(response.head.status)", clock.now - begin)
        } catch {
          return ("\(error)", clock.now - begin)
        }
      }
    }
    #expect(outcome == "DeadlineExceeded(limit: 15.0 seconds)")
    // On sockets the breaking off itself takes real time, on a busy machine a second or two; what
    // must not happen is that the hour of the handler is waited for.
    #expect(took >= .seconds(15) && took < .seconds(1_800))
  }

  @Test(arguments: WorldUnderTest.allCases)
  func unknownHostsAndStoppedProgramsAreToldApart(in kind: WorldUnderTest) async throws {
    let errors = try await kind.play { world in
      let server = try world.makeInstance("server", storage: nil)
      let client = try world.makeInstance("client", storage: nil)
      let program = Program(hosts: ["there.example": { _, _ in Response(status: .ok) }])
      try await world.whileRunning(program, as: server) {
        _ = try await world.get("there.example/", from: client)
      }
      var errors: [String] = []
      for host in ["there.example/", "nowhere.example/"] {
        do {
          _ = try await client.surroundings.transport.collect(.get(host))
        } catch {
          errors.append("\(error)")
        }
      }
      return errors
    }
    #expect(
      errors == [
        "connectionRefused(\"there.example\")", "unknownHost(\"nowhere.example\")",
      ]
    )
  }

  @Test(arguments: WorldUnderTest.allCases)
  func yearsPassInAMoment(in kind: WorldUnderTest) async throws {
    let virtual = try await kind.play { world in
      let begin = world.clock.now
      for _ in 1...100 { try await world.clock.sleep(for: .seconds(7 * 86_400)) }
      return world.clock.now - begin
    }
    #expect(virtual >= .seconds(700 * 86_400))
  }
}
