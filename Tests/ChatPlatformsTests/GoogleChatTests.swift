import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Testing
import Wire
import Worlds

@Suite("The Google Chat interface")
struct GoogleChatTests {
  private func space(_ fixture: ChatFixture, _ place: String) throws -> String {
    let wireID = try #require(fixture.world.population.places[place]).wireID
    return "https://chat.googleapis.com/v1/" + wireID
  }

  private func thread(_ fixture: ChatFixture) throws -> String {
    let body = fixture.vendor.deliveries[0].body
    let event = try JSONDecoder().decode(
      GoogleChat.Event.self,
      from: Data(body.readableBytesView)
    )
    return try #require(event.message?.thread?.name)
  }

  @Test("One request id makes one message")
  func idempotency() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.googleChat.send("hi", from: "ben", in: "room", message: "m1")
    let token = try await fixture.googleToken()
    let thread = try thread(fixture)
    let url = try space(fixture, "room") + "/messages?messageReplyOption=1&requestId="
    let body = #"{"text":"Ten days.","thread":{"name":"\#(thread)"}}"#
    let first = try await fixture.ask(.post, url + "r1", bearer: token, body: body)
    let again = try await fixture.ask(.post, url + "r1", bearer: token, body: #"{"text":"No."}"#)
    let other = try await fixture.ask(.post, url + "r2", bearer: token, body: body)
    #expect([first, again, other].map(\.status) == [200, 200, 200])
    #expect(first.body == again.body)
    #expect(first.body != other.body)
    #expect(fixture.replies.map(\.text) == ["Ten days.", "Ten days."])
    #expect(fixture.replies.map(\.inReplyTo) == ["m1", "m1"])
  }

  @Test("A thread counts as the options say")
  func threads() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.googleChat.send("hi", from: "ben", in: "room", message: "m1")
    let token = try await fixture.googleToken()
    let thread = try thread(fixture)
    let url = try space(fixture, "room") + "/messages"
    func create(_ query: String, _ thread: String) async throws -> Int {
      try await fixture.ask(
        .post,
        url + query,
        bearer: token,
        body: #"{"text":"hi","thread":{"name":"\#(thread)"}}"#
      ).status
    }
    #expect(try await create("", thread) == 200)
    let option = "?messageReplyOption=REPLY_MESSAGE_OR_FAIL"
    #expect(try await create(option, thread) == 200)
    #expect(try await create(option, thread + "x") == 404)
    #expect(try await create("?messageReplyOption=1", thread + "x") == 200)
    #expect(try await create("", "spaces/other/threads/t") == 400)
    #expect(fixture.replies.map(\.inReplyTo) == [nil, "m1", nil])
  }

  @Test("In direct messages the named thread holds without an option")
  func directMessages() async throws {
    let fixture = try await ChatFixture()
    await fixture.world.googleChat.send("hi", from: "ben", message: "m1")
    let token = try await fixture.googleToken()
    let body = #"{"text":"hi","thread":{"name":"\#(try thread(fixture))"}}"#
    let url = try space(fixture, "personal-ben") + "/messages"
    #expect(try await fixture.ask(.post, url, bearer: token, body: body).status == 200)
    #expect(fixture.replies.map(\.inReplyTo) == ["m1"])
  }

  @Test("A message is changed under its name; custom names are taken once")
  func updates() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.googleToken()
    let url = try space(fixture, "room") + "/messages"
    let named = url + "?messageId=client-a1"
    #expect(
      try await fixture.ask(.post, named, bearer: token, body: #"{"text":"a"}"#).status == 200
    )
    #expect(
      try await fixture.ask(.post, named, bearer: token, body: #"{"text":"b"}"#).status == 409
    )
    let bad = try await fixture.ask(
      .post,
      url + "?messageId=Mine",
      bearer: token,
      body: #"{"text":"b"}"#
    )
    #expect(bad.status == 400)
    let patch = url + "/client-a1?updateMask=text"
    let tooSoon = try await fixture.ask(.patch, patch, bearer: token, body: #"{"text":"c"}"#)
    #expect(tooSoon.status == 429)
    fixture.clock.advance(by: .seconds(1))
    let changed = try await fixture.ask(.patch, patch, bearer: token, body: #"{"text":"c"}"#)
    #expect(try changed.decoded(GoogleChat.Message.self).text == "c")
    let unknown = try await fixture.ask(
      .patch,
      url + "/client-b?updateMask=text",
      bearer: token,
      body: #"{"text":"c"}"#
    )
    #expect(unknown.status == 404)
    #expect(fixture.replies.map(\.text) == ["a", "c"])
    #expect(fixture.replies.map(\.isUpdate) == [false, true])
  }

  @Test("Members come in pages")
  func members() async throws {
    let fixture = try await ChatFixture(crowd: 5)
    let token = try await fixture.googleToken()
    let url = try space(fixture, "room") + "/members?pageSize=6"
    let first = try await fixture.ask(.get, url, bearer: token)
      .decoded(GoogleChat.MembershipList.self)
    let next = try #require(first.nextPageToken)
    let second = try await fixture.ask(.get, url + "&pageToken=\(next)", bearer: token)
      .decoded(GoogleChat.MembershipList.self)
    let names = ((first.memberships ?? []) + (second.memberships ?? [])).map(\.member?.name)
    #expect(names.count == 8)
    #expect(Set(names).count == 8)
    #expect(second.nextPageToken == nil)
    #expect(try await fixture.ask(.get, url + "&pageToken=99", bearer: token).status == 400)
  }

  @Test("Bad requests and tokens are refused with the documented body")
  func badRequests() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.googleToken()
    let url = try space(fixture, "room") + "/messages"
    func status(_ body: String, bearer: String? = token) async throws -> Int {
      let answer = try await fixture.ask(.post, url, bearer: bearer, body: body)
      if answer.status != 200 {
        #expect(try answer.decoded(GoogleChat.ErrorBody.self).error.code == answer.status)
      }
      return answer.status
    }
    let frame = #"{"text":""}"#.utf8.count
    func sized(_ count: Int) -> String {
      #"{"text":""# + String(repeating: "a", count: count - frame) + #""}"#
    }
    #expect(try await status("nonsense") == 400)
    #expect(try await status(#"{"text":7}"#) == 400)
    #expect(try await status(sized(32_000)) == 200)
    #expect(try await status(sized(32_001)) == 400)
    #expect(try await status(#"{"text":"a"}"#, bearer: nil) == 401)
    #expect(try await status(#"{"text":"a"}"#, bearer: "ya29.made-up") == 401)
    let reader = try await fixture.googleToken(scope: GoogleDirectory.readScope)
    #expect(try await status(#"{"text":"a"}"#, bearer: reader) == 401)
    #expect(fixture.rejections.count == 3)
    let elsewhere = try await fixture.ask(
      .post,
      "https://chat.googleapis.com/v1/spaces/none/messages",
      bearer: token,
      body: #"{"text":"a"}"#
    )
    #expect(elsewhere.status == 404)
  }
}
