import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Testing
import Wire
import Worlds

@Suite("Answers that grow")
struct StreamingTests {
  private func activities(_ fixture: ChatFixture, in place: String) throws -> String {
    let place = try #require(fixture.world.population.places[place])
    let id = try #require(
      place.wireID.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    )
    let tenant = place.tenant.teamsTenantID
    return "https://smba.trafficmanager.net/amer/\(tenant)/v3/conversations/\(id)/activities"
  }

  private func piece(
    _ text: String,
    _ type: String = "streaming",
    _ sequence: Int? = nil,
    of stream: String? = nil,
    as kind: String = "typing"
  ) -> String {
    var info = #""type":"streaminfo","streamType":"\#(type)""#
    if let sequence { info += #","streamSequence":\#(sequence)"# }
    if let stream { info += #","streamId":"\#(stream)""# }
    return #"{"type":"\#(kind)","text":"\#(text)","entities":[{\#(info)}]}"#
  }

  @Test("A stream rises in sequence, keeps what was shown, and ends once")
  func order() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let url = try activities(fixture, in: "personal-ana")
    func post(_ body: String) async throws -> Answer {
      try await fixture.ask(.post, url, bearer: token, body: body)
    }
    func pause() { fixture.clock.advance(by: .seconds(2)) }
    #expect(try await post(piece("Looking", "informative", 2)).status == 400)
    #expect(try await post(piece("", "streaming", 1)).status == 400)
    let begun = try await post(piece("Looking", "informative", 1))
    #expect(begun.status == 201)
    let id = try #require(try begun.decoded(BotFramework.ResourceResponse.self).id)
    #expect(try await post(piece("Ten", "streaming", 2, of: id)).status == 429)
    pause()
    #expect(try await post(piece("Ten", "streaming", 2, of: "other")).status == 400)
    #expect(try await post(piece("Ten", "streaming", 2, of: id)).status == 202)
    pause()
    // A late piece is dropped, though the status is one of success.
    let late = try await post(piece("Ten days", "streaming", 2, of: id))
    #expect(late.status == 202)
    #expect(String(buffer: late.body).contains("ContentStreamSequenceOrderPreConditionFailed"))
    #expect(try await post(piece("Nine", "streaming", 3, of: id)).status == 400)
    #expect(try await post(piece("Wait", "informative", 3, of: id)).status == 400)
    #expect(try await post(piece("Ten days", "streaming", 3, of: id)).status == 202)
    #expect(try await post(piece("Another", "streaming", 1)).status == 403)
    #expect(try await post(piece("Ten days.", "final", 4, of: id, as: "message")).status == 400)
    #expect(try await post(piece("Nine days.", "final", of: id, as: "message")).status == 400)
    #expect(try await post(piece("Ten days.", "final", of: id, as: "message")).status == 202)
    let again = try await post(piece("Ten days.", "final", of: id, as: "message"))
    #expect(again.status == 403)
    #expect(String(buffer: again.body).contains("already completed streamed message"))
    #expect(fixture.replies.map(\.text) == ["Ten", "Ten days", "Ten days."])
    #expect(fixture.replies.map(\.isPartial) == [true, true, false])
    pause()
    #expect(try await post(piece("Next", "streaming", 1)).status == 201)
  }

  @Test("A stream ends after two minutes, and its message can be written over")
  func timeIsUp() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let url = try activities(fixture, in: "personal-ana")
    let begun = try await fixture.ask(.post, url, bearer: token, body: piece("Ten", "streaming", 1))
    let id = try #require(try begun.decoded(BotFramework.ResourceResponse.self).id)
    fixture.clock.advance(by: .seconds(119))
    let inTime = piece("Ten d", "streaming", 2, of: id)
    #expect(try await fixture.ask(.post, url, bearer: token, body: inTime).status == 202)
    fixture.clock.advance(by: .seconds(1))
    let late = try await fixture.ask(
      .post,
      url,
      bearer: token,
      body: piece("Ten days.", "final", of: id, as: "message")
    )
    #expect(late.status == 403)
    #expect(String(buffer: late.body).contains("exceeded streaming time"))
    let words = #"{"type":"message","text":"Nine days."}"#
    #expect(try await fixture.ask(.put, url + "/" + id, bearer: token, body: words).status == 200)
    #expect(fixture.replies.map(\.isUpdate) == [false, false, false])
    #expect(fixture.replies.last?.text == "Nine days.")
  }

  @Test("Groups and channels have no streams", arguments: ["lunch", "town"])
  func groups(place: String) async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.connectorToken()
    let url = try activities(fixture, in: place)
    let answer = try await fixture.ask(.post, url, bearer: token, body: piece("T", "streaming", 1))
    #expect(answer.status == 403)
    #expect(String(buffer: answer.body).contains("ContentStreamNotAllowed"))
  }

  @Test("Google Chat takes a new text for a message once a second")
  func googleRate() async throws {
    let fixture = try await ChatFixture()
    let token = try await fixture.googleToken()
    let space = try #require(fixture.world.population.places["room"]).wireID
    let url = "https://chat.googleapis.com/v1/"
    let made = try await fixture.ask(
      .post,
      url + space + "/messages",
      bearer: token,
      body: #"{"text":"Ten"}"#
    )
    let name = try #require(GoogleChat.Message(json: Array(made.body.readableBytesView)).name)
    func patch(_ text: String) async throws -> Int {
      try await fixture.ask(
        .patch,
        url + name + "?updateMask=text",
        bearer: token,
        body: #"{"text":"\#(text)"}"#
      ).status
    }
    #expect(try await patch("Ten d") == 429)
    fixture.clock.advance(by: .seconds(1))
    #expect(try await patch("Ten days") == 200)
    #expect(try await patch("Ten days.") == 429)
    #expect(fixture.replies.map(\.text) == ["Ten", "Ten days"])
  }
}
