import Wire

/// What people see of a message: its text, and the texts of its cards.
enum ShownText {
  static func of(_ text: String?, _ cards: [[UInt8]]) -> String? {
    guard !cards.isEmpty else { return text }
    var shown = text ?? ""
    for card in cards {
      var reader = JSONReader(card)
      try? reader.readStrings { string in
        shown.append("\n")
        shown.append(string)
      }
    }
    return shown
  }
}

extension BotFramework.Activity {
  var shownText: String? { ShownText.of(text, cards) }
}

extension GoogleChat.Message {
  var shownText: String? { ShownText.of(text, cards.map { [$0] } ?? []) }
}
