extension Shape {
  /// A check of the writer's own.
  package static let check = Shape(
    "check",
    "A guarantee of this file's own, judged over what was seen.",
    [
      Word("about", .text, required: true, "The guarantee, in one sentence."),
      Word("never", .oneOf(subjects), "None of these is as 'where' says."),
      Word(
        "every",
        .oneOf(subjects),
        "Each of these that is as 'where' says is also as 'is' says."
      ),
      Word("count", .oneOf(subjects), "So many of these are as 'where' says."),
      Word(
        "sum",
        .oneOf(ReviewerCheck.measures.keys.sorted()),
        "So many tokens of calls, or cents of lines of invoices, that are as 'where' says."
      ),
      Word("where", .mapping(.condition), "Which of them count; all where nothing is said."),
      Word("is", .mapping(.condition), "With 'every': what each of them must be."),
      Word("at-least", .integer(0...1_000_000_000), "With 'count' and 'sum'."),
      Word("at-most", .integer(0...1_000_000_000), "With 'count' and 'sum'."),
      Word("from", .moment, "From when on they count; the story's beginning where not said."),
      Word("until", .moment, "Before when they count; the story's end where nothing is said."),
    ],
    rules: [
      .oneOf(["never", "every", "count", "sum"]),
      .wants("every", "is"),
      .wants("is", "every"),
      .wantsOneOf("count", ["at-least", "at-most"]),
      .wantsOneOf("sum", ["at-least", "at-most"]),
      .wantsOneOf("at-least", ["count", "sum"]),
      .wantsOneOf("at-most", ["count", "sum"]),
    ]
  )

  private static let subjects = ReviewerCheck.subjects.map(\.name)

  /// What tells events apart; which words suit which subject is the loader's to say.
  static let condition = Shape(
    "condition",
    "What an event must be: all of it.",
    [
      .tenant,
      Word("by", .name(of: "person"), "Who asked. Of messages, replies, calls."),
      Word("seen-by", .name(of: "person"), "Who reads along. Of replies."),
      Word("in", .name(of: "conversation"), "The conversation. Of messages and replies."),
      Word("key", .identifier, "A key of the story. Of calls, retrievals, requests, finds."),
      Word("account", .oneOf(["customer", "vendor"]), "Whose account pays. Of calls."),
      Word("host", .host, "To whom. Of calls and requests."),
      Word("endpoint", .oneOf(["chat", "embeddings"]), "What is asked. Of calls."),
      Word(
        "outcome",
        .oneOf(Array(Set(ReviewerCheck.outcomes.values.joined())).sorted()),
        "What became of it: "
          + ReviewerCheck.subjects.compactMap { subject in
            ReviewerCheck.outcomes[subject.name].map {
              "of \(subject.name) \($0.joined(separator: ", "))"
            }
          }.joined(separator: "; ") + "."
      ),
      Word("status", .integer(0...599), "The HTTP status; 0 where no answer came."),
      Word(
        "carries",
        .text,
        "A knowledge base, or 'base/document': its marker is in the prompt, the reply or the find."
      ),
      Word("slower-than", .span, "From the message to its reply. Of messages and replies."),
      Word("surface", .oneOf(ReviewerCheck.surfaces), "Where it was found. Of finds."),
      Word("item", .oneOf(["seats", "tokens", "other", "total"]), "Of invoices."),
    ],
    rules: [.notEmpty]
  )
}
