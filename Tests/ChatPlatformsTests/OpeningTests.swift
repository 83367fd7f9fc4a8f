import ChatPlatforms
import Foundation
import HTTPTypes
import Testing
import Wire
import Worlds

/// A bot that writes to somebody who has not written first.
@Suite struct OpeningTests {
  private static let service = "https://smba.trafficmanager.net/teams/v3/conversations"
  private static let direct = "https://chat.googleapis.com/v1/spaces:findDirectMessage"

  private func wanted(
    _ fixture: ChatFixture,
    member: String,
    bot: String = "28:c0ffee00-0000-4000-8000-000000000001",
    isGroup: Bool = false
  ) throws -> String {
    let tenant = try #require(fixture.world.population.people["ana"]).tenant.teamsTenantID
    return """
      {"isGroup":\(isGroup),"bot":{"id":"\(bot)"},"members":[{"id":"\(member)"}],
       "tenantId":"\(tenant)","channelData":{"tenant":{"id":"\(tenant)"}}}
      """
  }

  @Test func teamsGivesTheOnePersonalChatByEitherIdAndTakesAMessageThere() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let ana = try #require(fixture.world.population.people["ana"])
    let place = try #require(fixture.world.population.places["personal-ana"])
    for id in [ana.objectID, ana.teamsID] {
      let opened = try await fixture.ask(
        .post,
        Self.service,
        bearer: token,
        body: try wanted(fixture, member: id)
      )
      #expect(opened.status == 201)
      #expect(try opened.decoded(BotFramework.ResourceResponse.self).id == place.wireID)
    }
    let chat = try #require(
      place.wireID.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    )
    let written = try await fixture.ask(
      .post,
      "\(Self.service)/\(chat)/activities",
      bearer: token,
      body: #"{"type":"message","text":"The key is rejected."}"#
    )
    #expect(written.status == 201)
    #expect(fixture.replies.map(\.conversation) == ["personal-ana"])
    #expect(fixture.replies.map(\.inReplyTo) == [nil])
  }

  @Test func teamsOpensNothingForStrangersNorForAnotherBot() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let people = fixture.world.population.people
    let ana = try #require(people["ana"]).objectID
    let gus = try #require(people["gus"]).objectID
    let ben = try #require(people["ben"]).objectID
    func status(_ body: String, bearer: String?) async throws -> Int {
      try await fixture.ask(.post, Self.service, bearer: bearer, body: body).status
    }
    // Of another customer, on the other platform, unknown.
    for member in [gus, ben, "nobody"] {
      #expect(try await status(try wanted(fixture, member: member), bearer: token) == 403)
    }
    let other = try wanted(fixture, member: ana, bot: "28:other")
    #expect(try await status(other, bearer: token) == 400)
    let group = try wanted(fixture, member: ana, isGroup: true)
    #expect(try await status(group, bearer: token) == 400)
    #expect(try await status("{}", bearer: token) == 400)
    let good = try wanted(fixture, member: ana)
    #expect(try await status(good, bearer: nil) == 401)
    #expect(try await status(good, bearer: token) == 201)
    #expect(fixture.replies.isEmpty)
  }

  @Test func googleFindsTheDirectMessagesOfWhoeverHasTheApp() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.googleToken()
    let ben = try #require(fixture.world.population.people["ben"])
    let ana = try #require(fixture.world.population.people["ana"])
    let place = try #require(fixture.world.population.places["personal-ben"])
    for key in [ben.googleID, ben.email] {
      let found = try await fixture.ask(.get, "\(Self.direct)?name=users/\(key)", bearer: token)
      #expect(found.status == 200)
      let space = try found.decoded(GoogleChat.Space.self)
      #expect(space.name == place.wireID)
      #expect(space.spaceType == "DIRECT_MESSAGE")
    }
    func status(_ query: String, bearer: String?) async throws -> Int {
      try await fixture.ask(.get, Self.direct + query, bearer: bearer).status
    }
    #expect(try await status("?name=users/\(ana.googleID)", bearer: token) == 404)
    #expect(try await status("?name=users/1", bearer: token) == 404)
    #expect(try await status("?name=\(ben.googleID)", bearer: token) == 400)
    #expect(try await status("?name=users/\(ben.googleID)", bearer: nil) == 401)
    let written = try await fixture.ask(
      .post,
      "https://chat.googleapis.com/v1/\(place.wireID)/messages?requestId=n1",
      bearer: token,
      body: #"{"text":"The key is rejected."}"#
    )
    #expect(written.status == 200)
    #expect(fixture.replies.map(\.conversation) == ["personal-ben"])
    #expect(fixture.replies.map(\.inReplyTo) == [nil])
  }
}
