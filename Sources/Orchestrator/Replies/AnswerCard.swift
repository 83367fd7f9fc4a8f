import Wire

/// What stands under an answer: the documents that it draws on, and buttons. Bounded in size, so
/// that an answer that a platform takes is taken with its card.
struct AnswerCard: Hashable, Sendable {
  enum Button: String, Hashable, Sendable, CaseIterable {
    case helpful
    case unhelpful
    case askAgain = "ask-again"

    var title: StaticString {
      switch self {
      case .helpful: "Helpful"
      case .unhelpful: "Not helpful"
      case .askAgain: "Ask again"
      }
    }
  }

  /// The member of a button's data that names the answered message.
  static let activityName = "activity"
  static let mostDocuments = 8
  private static let longestTitle = 96
  /// No card is longer, in bytes and so in UTF-16 units, whatever has to be escaped in it.
  static let longest = 6_000

  /// Titles, each on a line of its own with its number.
  let lines: [String]
  /// The answered message, as the journal has it: it means something in its own conversation only.
  let activity: String

  init(documents: [String], activity: String) {
    lines = documents.prefix(Self.mostDocuments).enumerated().map { position, title in
      "\(position + 1). \(Self.beginning(of: title))"
    }
    self.activity = activity
  }

  /// Never half of a Unicode scalar.
  private static func beginning(of title: String) -> String {
    guard title.utf8.count > longestTitle else { return title }
    var end = title.utf8.index(title.startIndex, offsetBy: longestTitle - 3)
    while title.utf8[end] & 0xc0 == 0x80 { end = title.utf8.index(before: end) }
    return title[..<end] + "..."
  }

  private static let noDocuments: StaticString = "No document was found for this."
}

// MARK: Adaptive Cards, for Teams

extension AnswerCard {
  /// Appends the member of an activity that holds the card. Titles stand in runs of text, which
  /// know no Markdown: a title cannot make itself a link.
  func appendAttachment(to body: inout [UInt8]) {
    body.append(json: ",\"attachments\":[{\"contentType\":\"")
    body.append(contentsOf: BotFramework.adaptiveCard.utf8)
    body.append(json: "\",\"content\":")
    Self.beginAdaptiveCard(in: &body)
    if lines.isEmpty {
      Self.appendRun(Self.noDocuments, to: &body)
    } else {
      body.append(json: "{\"type\":\"TextBlock\",\"text\":\"Sources\",\"weight\":\"Bolder\"}")
      for line in lines {
        body.append(json: ",{\"type\":\"RichTextBlock\",\"spacing\":\"None\",\"inlines\":[")
        body.append(jsonString: line)
        body.append(json: "]}")
      }
    }
    body.append(json: "],\"actions\":[")
    for (position, button) in Button.allCases.enumerated() {
      body.append(json: position > 0 ? ",{" : "{")
      body.append(json: "\"type\":\"Action.Execute\",\"title\":\"")
      body.append(json: button.title)
      body.append(json: "\",\"verb\":\"")
      body.append(contentsOf: button.rawValue.utf8)
      body.append(json: "\",\"data\":{\"activity\":")
      body.append(jsonString: activity)
      body.append(json: "}}")
    }
    body.append(json: "]}}]")
  }

  /// A card of some words alone, which takes the place of the one with the buttons.
  static func adaptiveCard(saying words: StaticString) -> [UInt8] {
    var body: [UInt8] = []
    beginAdaptiveCard(in: &body)
    appendRun(words, to: &body)
    body.append(json: "]}")
    return body
  }

  /// As far as into its body.
  private static func beginAdaptiveCard(in body: inout [UInt8]) {
    body.append(
      json: """
        {"type":"AdaptiveCard",\
        "$schema":"http://adaptivecards.io/schemas/adaptive-card.json",\
        "version":"1.5","body":[
        """
    )
  }

  private static func appendRun(_ words: StaticString, to body: inout [UInt8]) {
    body.append(json: "{\"type\":\"RichTextBlock\",\"inlines\":[\"")
    body.append(json: words)
    body.append(json: "\"]}")
  }
}

// MARK: Cards of Google Chat

extension AnswerCard {
  /// Appends the member of a message that holds the card. Texts of cards know some HTML, so that
  /// titles are written without its signs.
  func appendCards(to body: inout [UInt8]) {
    body.append(json: ",\"cardsV2\":[{\"cardId\":\"answer\",\"card\":{\"sections\":[{")
    if !lines.isEmpty { body.append(json: "\"header\":\"Sources\",") }
    body.append(json: "\"widgets\":[{\"textParagraph\":{\"text\":")
    if lines.isEmpty {
      body.append(json: "\"")
      body.append(json: Self.noDocuments)
      body.append(json: "\"")
    } else {
      body.append(jsonString: lines.map(Self.withoutMarkup).joined(separator: "<br>"))
    }
    body.append(json: "}},{\"buttonList\":{\"buttons\":[")
    for (position, button) in Button.allCases.enumerated() {
      body.append(json: position > 0 ? ",{" : "{")
      body.append(json: "\"text\":\"")
      body.append(json: button.title)
      body.append(json: "\",\"onClick\":{\"action\":{\"function\":\"")
      body.append(contentsOf: button.rawValue.utf8)
      body.append(json: "\",\"parameters\":[{\"key\":\"activity\",\"value\":")
      body.append(jsonString: activity)
      body.append(json: "}]}}}")
    }
    body.append(json: "]}}]}]}}]")
  }

  private static func withoutMarkup(_ text: String) -> String {
    let isMarkup: (UInt8) -> Bool = {
      $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "&")
    }
    guard text.utf8.contains(where: isMarkup) else { return text }
    return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }
}
