import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Testing
import Wire
import Worlds

@Suite("The Teams connector")
struct ConnectorTests {
  private let words = #"{"type":"message","text":"Ten days."}"#

  private func conversations(_ fixture: ChatFixture, _ place: String) throws -> String {
    let place = try #require(fixture.world.population.places[place])
    let id = try #require(
      place.wireID.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    )
    let tenant = place.tenant.teamsTenantID
    return "https://smba.trafficmanager.net/amer/\(tenant)/v3/conversations/\(id)"
  }

  private func sentID(_ fixture: ChatFixture, number: Int = 0) throws -> String {
    let body = fixture.vendor.deliveries[number].body
    let activity = try JSONDecoder().decode(
      BotFramework.Activity.self,
      from: Data(body.readableBytesView)
    )
    return try #require(activity.id)
  }

  @Test("Replies are found through the path, the reply id, and escaped conversation ids")
  func replies() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("hi", from: "ana", in: "town", message: "m1")
    let id = try sentID(fixture)
    let token = try await fixture.connectorToken()
    let base = try conversations(fixture, "town") + "/activities"
    #expect(base.contains("%40thread"))
    let byPath = try await fixture.ask(.post, base + "/\(id)", bearer: token, body: words)
    #expect(byPath.status == 201)
    let byBody = try await fixture.ask(
      .post,
      base,
      bearer: token,
      body: #"{"type":"message","text":"Ten.","replyToId":"\#(id)"}"#
    )
    #expect(byBody.status == 201)
    _ = try await fixture.ask(.post, base, bearer: token, body: words)
    #expect(fixture.replies.map(\.inReplyTo) == ["m1", "m1", nil])
    #expect(fixture.replies.allSatisfy { $0.conversation == "town" })
    let ids = try [byPath, byBody].map { try $0.decoded(BotFramework.ResourceResponse.self).id }
    #expect(ids[0] != ids[1])
  }

  @Test("A reply id of another conversation links nothing")
  func foreignReply() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("hi", from: "gus", message: "m1")
    let token = try await fixture.connectorToken()
    let url = try conversations(fixture, "personal-ana") + "/activities/\(sentID(fixture))"
    #expect(try await fixture.ask(.post, url, bearer: token, body: words).status == 201)
    #expect(fixture.replies.map(\.inReplyTo) == [nil])
    #expect(fixture.replies.map(\.conversation) == ["personal-ana"])
  }

  @Test("Updates replace a message of the bot; unknown ones are not found")
  func updates() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.teams.send("hi", from: "ana", message: "m1")
    let token = try await fixture.connectorToken()
    let base = try conversations(fixture, "personal-ana") + "/activities"
    let created = try await fixture.ask(
      .post,
      base + "/\(sentID(fixture))",
      bearer: token,
      body: words
    ).decoded(BotFramework.ResourceResponse.self)
    let id = try #require(created.id)
    #expect(try await fixture.ask(.put, base + "/\(id)", bearer: token, body: words).status == 200)
    #expect(try await fixture.ask(.put, base + "/123", bearer: token, body: words).status == 404)
    #expect(fixture.replies.map(\.isUpdate) == [false, true])
    #expect(fixture.replies.map(\.inReplyTo) == ["m1", "m1"])
  }

  @Test("Typing is seen, and is no reply")
  func typing() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let url = try conversations(fixture, "lunch") + "/activities"
    let answer = try await fixture.ask(.post, url, bearer: token, body: #"{"type":"typing"}"#)
    #expect(answer.status == 201)
    #expect(fixture.replies.isEmpty)
    let typing = fixture.observations.filter {
      guard case .typing("lunch") = $0 else { return false }
      return true
    }
    #expect(typing.count == 1)
  }

  @Test("Calls without a good token are refused and reported")
  func tokens() async throws {
    let fixture = try await ChatFixture()
    let url = try conversations(fixture, "personal-ana") + "/activities"
    let good = try await fixture.connectorToken()
    let graph = try await fixture.microsoftToken(
      scope: "https://graph.microsoft.com/.default"
    ).decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
    for token in [nil, "nonsense", good + "x", graph] {
      let answer = try await fixture.ask(.post, url, bearer: token, body: words)
      #expect(answer.status == 401)
    }
    fixture.clock.advance(by: .seconds(3_598))
    #expect(try await fixture.ask(.post, url, bearer: good, body: words).status == 201)
    fixture.clock.advance(by: .seconds(1))
    #expect(try await fixture.ask(.post, url, bearer: good, body: words).status == 401)
    #expect(fixture.rejections.count == 5)
    #expect(fixture.replies.count == 1)
    #expect(!fixture.rejections.contains { $0.contains(good) })
  }

  @Test("Bad, huge and misdirected requests have their documented statuses")
  func badRequests() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let base = try conversations(fixture, "personal-ana")
    let url = base + "/activities"
    func status(_ url: String, _ body: String) async throws -> Int {
      try await fixture.ask(.post, url, bearer: token, body: body).status
    }
    func message(_ count: Int) -> String {
      let frame = #"{"type":"message","text":""}"#.utf8.count
      return #"{"type":"message","text":""# + String(repeating: "a", count: count - frame) + #""}"#
    }
    #expect(try await status(url, "") == 400)
    #expect(try await status(url, "{\"type\":") == 400)
    #expect(try await status(url, "[]") == 400)
    #expect(try await status(url, #"{"type":7}"#) == 400)
    #expect(try await status(url, String(repeating: "[", count: 50_000)) == 400)
    #expect(try await status(url, message(51_200)) == 201)
    #expect(try await status(url, message(51_201)) == 413)
    #expect(try await status(url, message(10 << 20)) == 413)
    #expect(try await status(base + "0/activities", words) == 404)
    let other = try #require(fixture.world.population.people["gus"]).tenant.teamsTenantID
    let own = try #require(fixture.world.population.people["ana"]).tenant.teamsTenantID
    #expect(try await status(url.replacingOccurrences(of: own, with: other), words) == 404)
  }

  @Test("The roster comes in pages, guests included")
  func roster() async throws {
    let fixture = try await ChatFixture(crowd: 60)
    let token = try await fixture.connectorToken()
    let url = try conversations(fixture, "lunch")
    let first = try await fixture.ask(.get, url + "/pagedmembers?pageSize=50", bearer: token)
      .decoded(BotFramework.PagedMembers.self)
    #expect(first.members.count == 50)
    let next = try #require(first.continuationToken)
    let second = try await fixture.ask(
      .get,
      url + "/pagedmembers?pageSize=50&continuationToken=\(next)",
      bearer: token
    ).decoded(BotFramework.PagedMembers.self)
    #expect(second.members.count == 12)
    #expect(second.continuationToken == nil)
    #expect(first.members[0].userRole == "user")
    #expect(first.members[1].userRole == "guest")
    #expect(first.members[0].directoryID == fixture.world.population.people["ana"]?.objectID)
    let one = try await fixture.ask(
      .get,
      url + "/members/" + first.members[1].id.replacingOccurrences(of: ":", with: "%3A"),
      bearer: token
    )
    #expect(try one.decoded(BotFramework.Member.self) == first.members[1])
    for bad in ["-1", "63", "x"] {
      let answer = try await fixture.ask(
        .get,
        url + "/pagedmembers?continuationToken=\(bad)",
        bearer: token
      )
      #expect(answer.status == 400)
    }
  }
}
