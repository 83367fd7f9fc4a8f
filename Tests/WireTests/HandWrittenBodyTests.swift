import Foundation
import Testing
import Wire

/// Bodies that are written and read by hand are those that the encoder writes and reads.
@Suite struct HandWrittenBodyTests {
  private static let text = "“Ana” \\ <at>\"x\"</at>/\u{1}\n\t🦊"

  private func expectEqual(_ value: some JSONWritable & Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let encoded = String(decoding: try encoder.encode(value), as: UTF8.self)
    #expect(String(decoding: value.json(), as: UTF8.self) == encoded)
  }

  private static let activity = BotFramework.Activity(
    type: "message",
    id: "1",
    timestamp: "2026-11-23T09:00:00.0000000Z",
    serviceUrl: "https://smba.trafficmanager.net/amer/",
    channelId: "msteams",
    from: BotFramework.ChannelAccount(id: "29:1", name: text, aadObjectId: "o"),
    conversation: BotFramework.ConversationAccount(
      id: "19:a@thread.v2",
      conversationType: "groupChat",
      tenantId: "t",
      isGroup: true,
      name: "n"
    ),
    recipient: BotFramework.ChannelAccount(id: "28:bot"),
    textFormat: "plain",
    text: text,
    replyToId: "0",
    locale: "en-US",
    inputHint: "acceptingInput",
    entities: [
      BotFramework.Entity(type: "mention", text: text, mentioned: .init(id: "28:bot")),
      BotFramework.Entity(type: "clientInfo"),
    ],
    channelData: BotFramework.ChannelData(
      tenant: BotFramework.Identified(id: "t"),
      team: BotFramework.Identified(id: "c"),
      channel: BotFramework.Identified(id: "c")
    )
  )

  private static let user = GoogleChat.User(
    name: "users/1",
    displayName: text,
    email: "ana@acme.example",
    type: "HUMAN",
    domainId: "d"
  )

  private static let space = GoogleChat.Space(
    name: "spaces/a",
    type: "DM",
    spaceType: "DIRECT_MESSAGE",
    singleUserBotDm: true,
    displayName: "d"
  )

  private static let event = GoogleChat.Event(
    type: "MESSAGE",
    eventTime: "2026-11-23T09:00:00Z",
    message: GoogleChat.Message(
      name: "spaces/a/messages/b.b",
      sender: user,
      createTime: "c",
      lastUpdateTime: "l",
      text: text,
      argumentText: " x",
      thread: GoogleChat.MessageThread(name: "spaces/a/threads/b", threadKey: "k"),
      space: space
    ),
    user: user,
    space: space
  )

  @Test func `They are the encoder's to the byte`() throws {
    try expectEqual(Self.activity)
    try expectEqual(BotFramework.Activity(type: "typing"))
    try expectEqual(BotFramework.Activity(type: "message", entities: []))
    try expectEqual(BotFramework.ResourceResponse(id: "1"))
    try expectEqual(BotFramework.ResourceResponse(id: nil))
    var annotated = Self.event
    let mention = GoogleChat.Annotation.UserMention(type: "MENTION", user: Self.user)
    annotated.message?.annotations = [
      GoogleChat.Annotation(type: "USER_MENTION", startIndex: 0, length: 7, userMention: mention),
      GoogleChat.Annotation(type: nil, startIndex: 1.5),
    ]
    try expectEqual(annotated)
    try expectEqual(GoogleChat.Message())
    try expectEqual(GoogleDirectory.User(id: "1"))
    try expectEqual(
      GoogleDirectory.User(
        id: "1",
        primaryEmail: "a@b.example",
        name: GoogleDirectory.Name(fullName: Self.text),
        suspended: false,
        customerId: "c",
        organizations: [
          GoogleDirectory.Organization(department: "hr", primary: true),
          GoogleDirectory.Organization(department: nil),
        ]
      )
    )
  }

  @Test func `What is read is what the decoder reads`() throws {
    #expect(try GoogleChat.Event(json: Self.event.json()) == Self.event)
    let message = try #require(Self.event.message)
    #expect(try GoogleChat.Message(json: message.json()) == message)
    let directory = #"{"id":"1","etag":[{}],"suspended":null,"organizations":[{"primary":true}]}"#
    #expect(
      try GoogleDirectory.User(json: Array(directory.utf8))
        == JSONDecoder().decode(GoogleDirectory.User.self, from: Data(directory.utf8))
    )
    let activity = try BotFramework.Activity(json: Self.activity.json())
    #expect(activity.text == Self.text)
    #expect(activity.entities?.map(\.type) == ["mention"])
    #expect(activity.tenantID == "t")
  }

  @Test(
    arguments: [
      "", "{", "[]", "null", "{}", #"{"type":5}"#, #"{"type":"MESSAGE","message":[]}"#,
      #"{"type":"MESSAGE","space":{}}"#, #"{"type":"MESSAGE","user":{"name":1}}"#,
      #"{"type":"MESSAGE"} x"#, #"{"type":"MESSAGE","message":{"text":{}}}"#,
    ])
  func `An event of another shape is none`(text: String) {
    #expect(throws: (any Error).self) { try GoogleChat.Event(json: Array(text.utf8)) }
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(GoogleChat.Event.self, from: Data(text.utf8))
    }
  }
}
