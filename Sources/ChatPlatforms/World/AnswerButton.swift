/// A button under an answer, by what it is for: what a person looks for is words, not the names
/// that a vendor gives its buttons.
package enum AnswerButton: String, Sendable, CaseIterable {
  case retry
  case helpful
  case unhelpful
  /// The thumbs that Teams itself puts under a message that asks for them.
  case like
  case dislike

  func isMeant(by title: String) -> Bool {
    let title = title.lowercased()
    let isNegative = ["not helpful", "unhelpful", "👎"].contains { title.contains($0) }
    switch self {
    case .retry: return ["again", "retry", "regenerate"].contains { title.contains($0) }
    case .helpful: return !isNegative && ["helpful", "👍"].contains { title.contains($0) }
    case .unhelpful: return isNegative
    // In no card of a vendor's.
    case .like, .dislike: return false
    }
  }
}

/// The newest card under an answer to each person in each conversation: what there is to press.
struct CardRack: Sendable {
  struct Card: Sendable {
    /// As the vendor sent it; empty where there is none.
    var json: [UInt8]
    /// Whether the platform has put its own thumbs under the message.
    var hasThumbs = false
    /// Our id of the message that is answered.
    var answered: String
    /// The platform's id of the vendor's message.
    var botMessage: String
  }

  private struct Place: Hashable, Sendable {
    var conversation: String
    var asker: String
  }

  private var askers = RecentEntries<String, String>()
  private var newest: [Place: Card] = [:]

  /// - Parameter message: our id.
  mutating func asked(_ message: String, by person: String) {
    askers.insert(person, for: message)
  }

  /// - Parameter message: our id of the message that is answered.
  mutating func show(
    _ json: [UInt8]?,
    hasThumbs: Bool = false,
    under botMessage: String,
    answering message: String?,
    in conversation: String
  ) {
    guard json != nil || hasThumbs, let message, let asker = askers[message] else { return }
    newest[Place(conversation: conversation, asker: asker)] = Card(
      json: json ?? [],
      hasThumbs: hasThumbs,
      answered: message,
      botMessage: botMessage
    )
  }

  func card(answering asker: String, in conversation: String) -> Card? {
    newest[Place(conversation: conversation, asker: asker)]
  }
}

/// Somebody presses a button.
package struct ButtonPress: Sendable {
  package var button: AnswerButton
  package var person: String
  /// Whose question the answer with the button is for.
  package var asker: String
  /// Nil for the personal conversation.
  package var conversation: String?
  /// Our id of the press, which an answer to it answers.
  package var id: String
  /// How often it is pressed, one time after the other.
  package var times: Int

  package init(
    button: AnswerButton,
    person: String,
    asker: String,
    conversation: String?,
    id: String,
    times: Int = 1
  ) {
    self.button = button
    self.person = person
    self.asker = asker
    self.conversation = conversation
    self.id = id
    self.times = times
  }
}
