package import Worlds

/// A question as a platform delivered it, with all that a reply needs, also after a restart.
package struct ReceivedMessage: Hashable, Sendable {
  package enum Platform: String, Sendable {
    case teams
    case googleChat = "google-chat"
  }

  /// The journal's number; 0 before it is journaled.
  package var id: Int64 = 0
  package var platform: Platform
  package var tenant: String
  package var conversation: String
  /// The platform's own id of the message: repetitions have the same. Of a question that a button
  /// asks again, the first one's with a number.
  package var activity: String
  /// What replies are attached to in Teams, where it is not the message itself.
  package var target: String?
  /// Who asks, by the directory's id; empty for one who has none there.
  package var person: String
  package var isGroup: Bool
  /// Where replies go: the service URL in Teams, the space in Google Chat.
  package var address: String
  /// The Google Chat thread.
  package var thread: String?
  /// The bot's own account in the conversation (Teams).
  package var bot: String?
  /// The asker's account in the conversation (Teams).
  package var recipient: String?
  package var question: String
  package var receivedAt: Timestamp

  package init(
    platform: Platform,
    tenant: String,
    conversation: String,
    activity: String,
    person: String,
    isGroup: Bool,
    address: String,
    thread: String? = nil,
    bot: String? = nil,
    recipient: String? = nil,
    question: String,
    receivedAt: Timestamp
  ) {
    self.platform = platform
    self.tenant = tenant
    self.conversation = conversation
    self.activity = activity
    self.person = person
    self.isGroup = isGroup
    self.address = address
    self.thread = thread
    self.bot = bot
    self.recipient = recipient
    self.question = question
    self.receivedAt = receivedAt
  }

  /// Names the message in randomness: the same in every run of the same story.
  package var exchange: String {
    "\(platform.rawValue)/\(conversation)/\(activity)"
  }
}
