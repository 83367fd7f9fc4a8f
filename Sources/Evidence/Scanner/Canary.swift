/// An unguessable marker that the harness has put into a document, a question or a completion.
/// Wherever its value turns up, that text has been.
package struct Canary: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case document
    case question
    case completion
  }

  /// The name by which events speak of it. For a document's canary the document's id, or that id,
  /// `#`, and more, where one document carries several.
  package var id: String
  package var kind: Kind
  /// The text that is looked for; at least eight bytes of UTF-8.
  package var value: String

  package init(id: String, kind: Kind, value: String) {
    self.id = id
    self.kind = kind
    self.value = value
  }

  /// Ids of questions whose own words stand for them begin so. Words can be guessed, and others
  /// may use them too: they tell which message a prompt is for, and prove no leak.
  package static let wordsPrefix = "words/"

  package static func isGuessable(_ id: String) -> Bool {
    id.hasPrefix(wordsPrefix)
  }
}
