import Worlds

/// A button under an answer, as a platform says that somebody pressed it.
struct PressedButton: Sendable {
  var platform: ReceivedMessage.Platform
  var tenant: String
  var conversation: String
  /// By the directory's id; empty for one who has none there.
  var person: String
  var button: AnswerCard.Button
  /// Which answer it stands under: whoever sends it could have made it up.
  var place: Place
  /// Which press this is, however often it is delivered; on Teams a new answer is attached to it.
  var target: String?
  /// Where replies go.
  var address: String
  var at: Timestamp

  enum Place: Sendable {
    /// The answered message, as a card names it.
    case under(activity: String)
    /// The answer itself, by the platform's name for it.
    case on(reply: String)
  }
}

/// What a person is told at once who pressed a button.
enum ButtonAnswer: Hashable, Sendable {
  case thanked
  /// The answer comes as a message of its own.
  case askingAgain
  case notYours
  case forgotten
  case busy

  var words: StaticString {
    switch self {
    case .thanked:
      "Thank you. Your administrators see how many answers helped, and not what was asked."
    case .askingAgain: "I am asking this again."
    case .notYours:
      "Only the person who asked can have this asked again. Ask me yourself, and I answer you."
    case .forgotten:
      "I cannot do that any more: this question is not in my records. Please ask it in words."
    case .busy: "I cannot do that right now. Please try again in a minute."
    }
  }
}

extension ReceivedMessage {
  /// The same question once more, as a message of its own: under the platform's id of the first
  /// one and a number, so that the same button makes it once however often it is pressed, unless
  /// that came to nothing.
  func askedAgain(by press: PressedButton) -> ReceivedMessage {
    var again = self
    again.id = 0
    let (written, times) = asking
    again.activity = "\(written)~\(times + 1)"
    again.target = press.target
    again.address = press.address
    again.receivedAt = press.at
    return again
  }

  /// The platform's id of the message that the person wrote.
  var written: String { asking.written }

  var isAskedAgain: Bool { asking.times > 1 }

  /// What the person wrote, and which time this is, from 1.
  private var asking: (written: String, times: Int) {
    guard let mark = activity.utf8.lastIndex(of: UInt8(ascii: "~")),
      let times = Int(activity[activity.utf8.index(after: mark)...]), times > 1
    else { return (activity, 1) }
    return (String(activity[..<mark]), times)
  }
}
