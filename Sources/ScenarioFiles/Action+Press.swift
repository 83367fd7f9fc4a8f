extension Action {
  /// Somebody presses a button under an answer.
  package struct Press: Sendable, Equatable {
    package enum Button: String, Sendable, Equatable, CaseIterable {
      case retry
      case helpful
      case unhelpful
      /// The thumbs that Teams itself puts under streamed answers.
      case like
      case dislike
    }

    package var button: Button
    package var person: String
    /// Whose question was answered.
    package var asker: String
    /// A group or channel of the world; nil for the personal conversation with the assistant.
    package var conversation: String?
    /// In a row, before anything can have come of the first.
    package var times: Int
    /// How somebody else presses it in this person's name: one of `Event.Impostor.Trick`'s raw
    /// values.
    package var trick: String?

    package init(
      button: Button,
      person: String,
      asker: String,
      conversation: String? = nil,
      times: Int = 1,
      trick: String? = nil
    ) {
      self.button = button
      self.person = person
      self.asker = asker
      self.conversation = conversation
      self.times = times
      self.trick = trick
    }
  }
}
