import Foundation
import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

/// Token issuers, directories, the Teams connector and Google Chat, as far as a vendor sees them.
final class FakePlatforms: Sendable {
  static let appID = "c0ffee00-0000-4000-8000-000000000001"
  static let googleAudience = "1234567890"
  static let serviceURL = "https://smba.trafficmanager.net/amer/"
  static let serviceHost = "smba.trafficmanager.net"

  struct Reply: Sendable {
    var target: String
    var text: String
    var at: String
    /// The card under it, as JSON.
    var card: String?
  }

  private struct State {
    var departments = ["ana": "HR", "ben": "Sales", "cyd": "HR"]
    var roster = ["ana", "ben"]
    var directoryStatus = 200
    var rosterStatus = 200
    var issuerStatus = 200
    var endorsements = ["msteams"]
    var replies: [Reply] = []
    var typing = 0
    /// Statuses for the next replies, before they are taken.
    var connectorScript: [Int] = []
    /// What the connector has taken already, and not said so.
    var connectorDelay = Duration.zero
    var googleRequests: Set<String> = []
  }

  private let state = Mutex(State())

  init(on network: FakeNetwork) throws {
    let metadata =
      #"{"issuer":"https://api.botframework.com","#
      + #""jwks_uri":"https://login.botframework.com/v1/.well-known/keys"}"#
    network.serve("login.botframework.com") { head, _ in
      let (status, endorsements) = self.state.withLock { ($0.issuerStatus, $0.endorsements) }
      guard status == 200 else { return .json("{}", status: status) }
      return head.path?.hasSuffix("keys") == true
        ? .json(try TestIssuer.genuine.keySet(endorsements: endorsements)) : .json(metadata)
    }
    network.serve("www.googleapis.com") { _, _ in
      .json(try TestIssuer.genuine.keySet(endorsements: nil))
    }
    let grant = #"{"token_type":"Bearer","expires_in":3599,"access_token":"vendor-token"}"#
    network.serve("login.microsoftonline.com") { _, _ in .json(grant) }
    network.serve("oauth2.googleapis.com") { _, _ in .json(grant) }
    network.serve("graph.microsoft.com") { head, _ in self.graph(head) }
    network.serve("admin.googleapis.com") { head, _ in self.googleDirectory(head) }
    network.serve(Self.serviceHost) { head, body in
      let reply = self.connector(head, body)
      let delay = self.state.withLock { $0.connectorDelay }
      if delay > .zero { try await network.clock.sleep(for: delay) }
      return reply
    }
    network.serve("chat.googleapis.com") { head, body in self.googleChat(head, body) }
  }

  var typing: Int { state.withLock { $0.typing } }

  func replies(to target: String) -> [String] {
    state.withLock { $0.replies.filter { $0.target == target }.map(\.text) }
  }

  /// The cards under replies, as JSON.
  func cards(to target: String) -> [String] {
    state.withLock { $0.replies.filter { $0.target == target }.compactMap(\.card) }
  }

  func move(_ person: String, to department: String?) {
    state.withLock { $0.departments[person] = department }
  }

  func directoryAnswers(_ status: Int) { state.withLock { $0.directoryStatus = status } }
  func rosterAnswers(_ status: Int) { state.withLock { $0.rosterStatus = status } }
  func issuerAnswers(_ status: Int) { state.withLock { $0.issuerStatus = status } }
  func roster(_ people: String...) { state.withLock { $0.roster = people } }
  func endorse(_ channels: String...) { state.withLock { $0.endorsements = channels } }
  func connectorDelays(by delay: Duration) { state.withLock { $0.connectorDelay = delay } }
  func connectorAnswers(_ statuses: Int...) {
    state.withLock { $0.connectorScript = statuses }
  }

  private func graph(_ head: HTTPRequest) -> FakeNetwork.Reply {
    let person = head.path?.split(separator: "?").first?.split(separator: "/").last ?? ""
    let (status, department) = state.withLock {
      ($0.directoryStatus, $0.departments[String(person)])
    }
    guard status == 200 else { return .json("{}", status: status) }
    guard let department else {
      return .json(#"{"error":{"code":"Request_ResourceNotFound","message":""}}"#, status: 404)
    }
    return .json(#"{"id":"\#(person)","department":"\#(department)","accountEnabled":true}"#)
  }

  private func googleDirectory(_ head: HTTPRequest) -> FakeNetwork.Reply {
    let person = head.path?.split(separator: "?").first?.split(separator: "/").last ?? ""
    guard let department = state.withLock({ $0.departments[String(person)] }) else {
      return .json("{}", status: 404)
    }
    return .json(#"{"id":"\#(person)","organizations":[{"department":"\#(department)"}]}"#)
  }

  private func connector(_ head: HTTPRequest, _ body: ByteBuffer) -> FakeNetwork.Reply {
    if head.path?.contains("pagedmembers") == true { return roster(head.path ?? "") }
    guard
      let activity = try? BotFramework.Activity(json: Array(body.readableBytesView))
    else { return .json("{}", status: 400) }
    return state.withLock { state in
      if activity.type == "typing" {
        state.typing += 1
        return .json("{}", status: 201)
      }
      if !state.connectorScript.isEmpty {
        let status = state.connectorScript.removeFirst()
        if status >= 300 { return .json("{}", status: status) }
      }
      state.replies.append(
        Reply(
          target: activity.replyToId ?? "",
          text: activity.text ?? "",
          at: activity.conversation?.id ?? "",
          card: activity.cards.first.map { String(decoding: $0, as: UTF8.self) }
        )
      )
      return .json(#"{"id":"1"}"#, status: 201)
    }
  }

  /// One person a page.
  private func roster(_ path: String) -> FakeNetwork.Reply {
    let (status, people) = state.withLock { ($0.rosterStatus, $0.roster) }
    guard status == 200 else { return .json("{}", status: status) }
    let asked = path.components(separatedBy: "continuationToken=")
    let page = asked.count > 1 ? Int(asked[1]) ?? 0 : 0
    let person = people[page]
    let member =
      person.hasPrefix("guest")
      ? #"{"id":"29:\#(person)","userRole":"guest"}"#
      : #"{"id":"29:\#(person)","aadObjectId":"\#(person)"\#(role(of: person))}"#
    let next = page + 1 < people.count ? #","continuationToken":"\#(page + 1)""# : ""
    return .json(#"{"members":[\#(member)]\#(next)}"#)
  }

  private func role(of person: String) -> String {
    person.hasPrefix("known-guest") ? #","userRole":"guest""# : ""
  }

  private func googleChat(_ head: HTTPRequest, _ body: ByteBuffer) -> FakeNetwork.Reply {
    if head.path?.contains("/members") == true {
      return .json(#"{"memberships":[{"name":"m","member":{"name":"users/ana","type":"HUMAN"}}]}"#)
    }
    guard
      let message = try? GoogleChat.Message(json: Array(body.readableBytesView))
    else { return .json("{}", status: 400) }
    let request = head.path?.components(separatedBy: "requestId=").last ?? ""
    return state.withLock { state in
      if state.googleRequests.insert(request).inserted {
        state.replies.append(
          Reply(
            target: "google",
            text: message.text ?? "",
            at: request,
            card: message.cards.map { String(decoding: $0, as: UTF8.self) }
          )
        )
      }
      return .json("{}")
    }
  }
}

extension FakePlatforms {
  func claims(at now: Timestamp) -> BotFrameworkClaims {
    BotFrameworkClaims(
      iss: "https://api.botframework.com",
      aud: TokenAudience(Self.appID),
      nbf: NumericDate(seconds: now.unixSeconds),
      exp: NumericDate(seconds: now.unixSeconds + 3_600),
      serviceurl: Self.serviceURL
    )
  }

  func token(at now: Timestamp) throws -> String {
    try TestIssuer.genuine.sign(claims(at: now))
  }

  func googleToken(at now: Timestamp, audience: String = googleAudience) throws -> String {
    try TestIssuer.genuine.sign(
      GoogleChatClaims(
        iss: GoogleChat.issuer,
        aud: TokenAudience(audience),
        iat: NumericDate(seconds: now.unixSeconds),
        exp: NumericDate(seconds: now.unixSeconds + 3_600)
      )
    )
  }

  static func activity(
    _ text: String,
    from person: String = "ana",
    id: String = "1",
    in conversation: String = "a:personal",
    group: Bool = false,
    serviceURL: String = serviceURL,
    channel: String = "msteams",
    tenant: String = TestVendor.entraTenant
  ) -> String {
    var body: [UInt8] = []
    body.append(jsonString: text)
    let kind =
      group ? #""conversationType":"groupChat","isGroup":true"# : #""conversationType":"personal""#
    return #"""
      {"type":"message","id":"\#(id)","channelId":"\#(channel)","serviceUrl":"\#(serviceURL)",
       "from":{"id":"29:\#(person)","name":"\#(person)","aadObjectId":"\#(person)"},
       "conversation":{\#(kind),"tenantId":"\#(tenant)","id":"\#(conversation)"},
       "recipient":{"id":"28:\#(appID)","name":"Helper"},"textFormat":"plain",
       "text":\#(String(decoding: body, as: UTF8.self)),
       "entities":[{"type":"clientInfo","locale":"en-US","nested":[1.5,{"a":null}]}],
       "channelData":{"tenant":{"id":"\#(tenant)"},"more":[true]}}
      """#
  }

  /// A button under the answer to an activity, pressed.
  static func press(
    _ verb: String,
    on answered: String = "1",
    by person: String = "ana",
    id: String = "f:1",
    in conversation: String = "a:personal",
    group: Bool = false
  ) -> String {
    let kind =
      group ? #""conversationType":"groupChat","isGroup":true"# : #""conversationType":"personal""#
    return #"""
      {"type":"invoke","name":"adaptiveCard/action","id":"\#(id)","channelId":"msteams",
       "serviceUrl":"\#(serviceURL)","replyToId":"17",
       "from":{"id":"29:\#(person)","name":"\#(person)","aadObjectId":"\#(person)"},
       "conversation":{\#(kind),"tenantId":"\#(TestVendor.entraTenant)","id":"\#(conversation)"},
       "recipient":{"id":"28:\#(appID)","name":"Helper"},
       "value":{"action":{"type":"Action.Execute","id":"b1","verb":"\#(verb)",
         "data":{"activity":"\#(answered)"}},"trigger":"manual"},
       "channelData":{"tenant":{"id":"\#(TestVendor.entraTenant)"},"source":{"name":"message"}}}
      """#
  }

  /// One of the thumbs that Teams itself puts under a message of the bot.
  static func thumb(
    _ reaction: String,
    on reply: String,
    by person: String = "ana",
    in conversation: String = "a:personal"
  ) -> String {
    #"""
    {"type":"invoke","name":"message/submitAction","id":"f:9","channelId":"msteams",
     "serviceUrl":"\#(serviceURL)","replyToId":"\#(reply)",
     "from":{"id":"29:\#(person)","name":"\#(person)","aadObjectId":"\#(person)"},
     "conversation":{"conversationType":"personal","tenantId":"\#(TestVendor.entraTenant)",
       "id":"\#(conversation)"},
     "recipient":{"id":"28:\#(appID)","name":"Helper"},
     "value":{"actionName":"feedback","actionValue":{"reaction":"\#(reaction)",
       "feedback":"{\"feedbackText\":\"my salary is wrong\"}"}},
     "channelData":{"tenant":{"id":"\#(TestVendor.entraTenant)"}}}
    """#
  }

  /// The same in Google Chat.
  static func click(
    _ function: String,
    on answered: String = "spaces/S1/messages/M1.M1",
    by person: String = "ana",
    spaceType: String = "DIRECT_MESSAGE"
  ) -> String {
    #"""
    {"type":"CARD_CLICKED","eventTime":"2026-11-23T13:00:00Z",
     "message":{"name":"spaces/S1/messages/R1","sender":{"name":"users/bot","type":"BOT"},
      "thread":{"name":"spaces/S1/threads/T1"},"cardsV2":[{"cardId":"answer"}]},
     "user":{"name":"users/\#(person)","type":"HUMAN","domainId":"C0acme"},
     "space":{"name":"spaces/S1","spaceType":"\#(spaceType)"},
     "action":{"actionMethodName":"\#(function)",
      "parameters":[{"key":"activity","value":"\#(answered)"}]},
     "common":{"invokedFunction":"\#(function)","hostApp":"CHAT"}}
    """#
  }

  static func event(_ text: String, name: String = "spaces/S1/messages/M1.M1") -> String {
    #"""
    {"type":"MESSAGE","message":{"name":"\#(name)","argumentText":" \#(text)",
     "annotations":[{"startIndex":0.0}],"space":{"name":"spaces/S1"}},
     "user":{"name":"users/ana","type":"HUMAN","domainId":"C0acme"},
     "space":{"name":"spaces/S1","spaceType":"DIRECT_MESSAGE"}}
    """#
  }
}
