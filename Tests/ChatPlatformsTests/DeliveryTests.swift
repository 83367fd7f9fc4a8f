import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Testing
import Wire
import Worlds

@Suite("Deliveries of the platforms to the bot")
struct DeliveryTests {
  private func activity(_ delivery: ScriptedVendor.Delivery) throws -> BotFramework.Activity {
    try JSONDecoder().decode(
      BotFramework.Activity.self,
      from: Data(delivery.body.readableBytesView)
    )
  }

  private func event(_ delivery: ScriptedVendor.Delivery) throws -> GoogleChat.Event {
    try JSONDecoder().decode(GoogleChat.Event.self, from: Data(delivery.body.readableBytesView))
  }

  /// The keys of a published set, as a bot trusts them.
  private func keys(_ fixture: ChatFixture, at url: String) async throws -> TrustedKeys {
    let answer = try await fixture.ask(.get, url)
    #expect(answer.status == 200)
    return TrustedKeys(try answer.decoded(OpenID.KeySet.self))
  }

  @Test("A Teams token verifies against the published keys and names the activity's service")
  func teamsToken() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("How many days?", from: "ana", message: "m1")
    let delivery = try #require(fixture.vendor.deliveries.first)
    #expect(delivery.head.path == "/api/messages")
    #expect(delivery.head.authority == "assistant.vendor.example")
    let metadata = try await fixture.ask(
      .get,
      "https://login.botframework.com/v1/.well-known/openidconfiguration"
    ).decoded(OpenID.Metadata.self)
    #expect(metadata.issuer == "https://api.botframework.com")
    let keySet = try await fixture.ask(.get, metadata.keySetURL).decoded(OpenID.KeySet.self)
    #expect(keySet.keys.map(\.endorsements) == [["msteams", "skype"], ["webchat"]])
    #expect(keySet.keys.allSatisfy { $0.publicKey != nil })

    let claims = try await keys(fixture, at: metadata.keySetURL)
      .verify(delivery.token, as: BotFrameworkClaims.self)
    let body = try activity(delivery)
    #expect(claims.iss == metadata.issuer)
    #expect(claims.aud.contains("c0ffee00-0000-4000-8000-000000000001"))
    #expect(claims.serviceurl == body.serviceUrl)
    #expect(claims.isValid(atUnixSeconds: fixture.clock.now.unixSeconds, leeway: 0))
    #expect(body.text == "How many days?")
    #expect(body.from?.aadObjectId == fixture.world.population.people["ana"]?.objectID)
    #expect(body.conversation?.conversationType == "personal")
    #expect(body.entities == nil)
    #expect(fixture.attempts == ["1:202"])
  }

  @Test("A token serves many activities, and a new one comes before it ends")
  func tokensAreReused() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("one", from: "ana", message: "m1")
    fixture.clock.advance(by: .seconds(3_299))
    await fixture.world.teams.send("two", from: "ana", message: "m2")
    fixture.clock.advance(by: .seconds(1))
    await fixture.world.teams.send("three", from: "ana", message: "m3")
    let tokens = fixture.vendor.deliveries.map(\.token)
    #expect(tokens[0] == tokens[1])
    #expect(tokens[1] != tokens[2])
  }

  @Test("In groups and channels the text mentions the bot")
  func mentions() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("hi", from: "ana", in: "lunch", message: "m1")
    await fixture.world.teams.send("hi", from: "ana", in: "town", message: "m2")
    await fixture.world.googleChat.send("hi", from: "ben", in: "room", message: "m3")
    let group = try activity(fixture.vendor.deliveries[0])
    #expect(group.text == "<at>Helper</at> hi")
    #expect(group.entities?.first?.mentioned == group.recipient)
    #expect(group.conversation?.id.hasSuffix("@thread.v2") == true)
    #expect(group.conversation?.isGroup == true)
    let channel = try activity(fixture.vendor.deliveries[1])
    #expect(channel.conversation?.id.contains("@thread.tacv2;messageid=") == true)
    let event = try event(fixture.vendor.deliveries[2])
    #expect(event.message?.text == "@Helper hi")
    #expect(event.message?.argumentText == " hi")
    #expect(event.space?.isDirectMessage == false)
  }

  @Test("A Google Chat token verifies against the published keys")
  func googleToken() async throws {
    let fixture = try await ChatFixture(vendor: ScriptedVendor { _ in (200, "{}") })
    await fixture.world.googleChat.send("hi", from: "ben", message: "m1")
    let delivery = try #require(fixture.vendor.deliveries.first)
    let published = "https://www.googleapis.com/service_accounts/v1/metadata/jwk/"
    let claims = try await keys(fixture, at: published + "chat%40system.gserviceaccount.com")
      .verify(delivery.token, as: GoogleChatClaims.self)
    #expect(claims.iss == "chat@system.gserviceaccount.com")
    #expect(claims.aud.contains("1234567890"))
    #expect(try event(delivery).space?.isDirectMessage == true)
    #expect(fixture.replies.isEmpty)
    #expect(try await fixture.ask(.get, published + "someone@else").status == 404)
  }

  @Test("Teams repeats after a gateway's failure with the same bytes, three times at most")
  func repetitions() async throws {
    let fixture = try await ChatFixture(vendor: ScriptedVendor { _ in (503, "busy") })
    await fixture.world.teams.send("hi", from: "ana", message: "m1")
    #expect(fixture.attempts == ["1:503", "2:503", "3:503", "4:503"])
    #expect(Set(fixture.vendor.deliveries.map(\.body)).count == 1)
    #expect(fixture.clock.now.unixSeconds == 1_795_440_000 + 65)
    #expect(DeliveryPolicy.teams.timeout == .seconds(15))
  }

  @Test("A silent vendor and a broken connection are tried again; a refusal is not")
  func whatIsRepeated() async throws {
    let silent = ScriptedVendor { number in
      if number == 1 { try await Task.sleep(for: .seconds(600)) }
      if number == 2 { throw TransportError.connectionReset }
      return (403, "no")
    }
    // No sleep lasts here, so the first delivery's time is over at once.
    let fixture = try await ChatFixture(
      vendor: silent,
      clock: ScriptedClock(lasting: [])
    )
    await fixture.world.teams.send("hi", from: "ana", message: "m1")
    #expect(fixture.attempts.first == "1:0")
    #expect(fixture.vendor.deliveries.count >= 2)
    #expect(Set(fixture.vendor.deliveries.map(\.body)).count == 1)

    let refused = try await ChatFixture(vendor: ScriptedVendor { _ in (500, "") })
    await refused.world.teams.send("hi", from: "ana", message: "m1")
    #expect(refused.attempts == ["1:500"])
  }

  @Test("Google Chat does not repeat unless it is configured to")
  func googleRepetitions() async throws {
    let once = try await ChatFixture(vendor: ScriptedVendor { _ in (503, "") })
    await once.world.googleChat.send("hi", from: "ben", message: "m1")
    #expect(once.attempts == ["1:503"])
    let twice = try await ChatFixture(
      vendor: ScriptedVendor { number in (number == 1 ? 503 : 200, "{}") },
      googleChatPolicy: DeliveryPolicy(timeout: .seconds(30), pauses: [.seconds(1)])
    )
    await twice.world.googleChat.send("hi", from: "ben", message: "m1")
    #expect(twice.attempts == ["1:503", "2:200"])
  }

  @Test("A delivery can be repeated byte for byte")
  func again() async throws {
    let fixture = try await ChatFixture()
    #expect(await fixture.world.teams.deliverAgain(person: "ana") == 0)
    await fixture.world.teams.send("hi", from: "ana", message: "m1")
    #expect(await fixture.world.teams.deliverAgain(person: "ana") == 202)
    #expect(fixture.attempts == ["1:202", "2:202"])
    #expect(fixture.vendor.deliveries[0].body == fixture.vendor.deliveries[1].body)
  }

  @Test("A message in the answer to an event is a reply; anything else is none")
  func synchronousAnswers() async throws {
    let bodies = [#"{"text":"Ten days."}"#, "{}", "nonsense", "[1]"]
    let fixture = try await ChatFixture(
      vendor: ScriptedVendor { number in (200, bodies[number - 1]) }
    )
    for number in 1...4 {
      await fixture.world.googleChat.send("hi", from: "ben", message: "m\(number)")
    }
    #expect(fixture.replies.map(\.text) == ["Ten days."])
    #expect(fixture.replies.first?.inReplyTo == "m1")
    #expect(fixture.replies.first?.conversation == "personal-ben")
  }

  @Test("Of an endless answer the first 64 KiB are kept")
  func hugeAnswer() async throws {
    let fixture = try await ChatFixture(
      vendor: ScriptedVendor { _ in (202, String(repeating: "x", count: 1 << 20)) }
    )
    await fixture.world.teams.send("hi", from: "ana", message: "m1")
    let kept = fixture.observations.compactMap {
      guard case .deliveryResponse(_, let body) = $0 else { return nil as Int? }
      return body.readableBytes
    }
    #expect(kept == [64 << 10])
  }

  @Test("The same seed gives the same bodies, in whatever order the messages go")
  func determinism() async throws {
    let first = try await ChatFixture()
    let second = try await ChatFixture()
    await first.world.teams.send("a", from: "ana", message: "m1")
    await first.world.teams.send("b", from: "gus", message: "m2")
    await second.world.teams.send("b", from: "gus", message: "m2")
    await second.world.teams.send("a", from: "ana", message: "m1")
    #expect(first.vendor.deliveries.map(\.body) == second.vendor.deliveries.map(\.body).reversed())
  }
}
