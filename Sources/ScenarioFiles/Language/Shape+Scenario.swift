extension Shape {
  /// The top of a scenario file.
  package static let scenario = Shape(
    "scenario",
    "A story: a world, what happens in it, and which promises it puts to the test.",
    [
      Word("scenario", .text, required: true, "The story's title, as reports show it."),
      Word("about", .text, required: true, "What the story shows and why that matters."),
      Word(
        "shows",
        .someOf(.guarantee),
        required: true,
        "The promises that the story is there to exercise; inconclusive if it does not."
      ),
      Word(
        "demonstrates",
        .someOf(.oneOf(Scenario.limits)),
        "The limits of bringing a key that the story is there to show."
      ),
      Word(
        "world",
        .either([.path("a world"), .mapping(.changedWorld), .mapping(.world)]),
        required: true,
        "The world that the story plays in: a file, a file with changes, or a world of its own."
      ),
      Word(
        "parameters",
        .named(.parameter),
        "Values by name; '${name}' in the file stands for one."
      ),
      Word(
        "matrix",
        .named(.entries(.parameter)),
        "Lists of values by name: the file is a story for each combination."
      ),
      Word(
        "plays-in",
        .oneOf(["both", "simulated", "loopback"]),
        "Where it can be played; both, where nothing is said."
      ),
      Word(
        "vendor",
        .vendor,
        "A vendor of its own: a rogue for a control, or 'process' for a process of its own."
      ),
      Word(
        "crash",
        .oneOf(["at-every-step"]),
        "Plays the story again with a crash of the vendor at each of its operations."
      ),
      Word(
        "pair",
        .mapping(.pair),
        "Plays the story twice with a secret exchanged, and compares what outsiders see."
      ),
      Word(
        "expect-verdicts",
        .judged(.oneOf(["held", "violated", "inconclusive"])),
        "For a control: the verdicts that it must bring out, by promise or 'check:NAME'."
      ),
      Word("checks", .named(.mapping(.check)), "Guarantees of this file's own, by name."),
      Word("timeline", .entries(.mapping(.step)), required: true, "What happens, and when."),
    ]
  )

  /// What is exchanged between two plays of a story.
  package static let pair = Shape(
    "pair",
    "The secret that differs between two plays of the story.",
    [
      Word(
        "varies",
        .oneOf(["documents", "customer", "key"]),
        required: true,
        "Documents of a department; all that is a customer's; or the values of its keys."
      ),
      Word(
        "tenant",
        .name(of: "customer"),
        "Whose secret it is; may be left out in a world with one customer."
      ),
      Word(
        "department",
        .name(of: "department"),
        "Whose documents: those that it may read and others may not."
      ),
      Word(
        "by",
        .oneOf(["other-words", "absence"]),
        "Other words of the same shape, where nothing is said, or no documents at all."
      ),
    ],
    rules: [
      .with("varies", is: "documents", must: ["department"]),
      .with("varies", is: "customer", mayNot: ["department", "by"]),
      .with("varies", is: "key", mayNot: ["department", "by"]),
    ]
  )

  /// One entry of a timeline.
  package static let step = Shape(
    "step",
    "Something that happens at a time, or every so often.",
    [Word("name", .stepName, "What other steps call this one when they count from it.")]
      + timing
      + ActionWord.allCases.map { word in
        Word(word.rawValue, .mapping(word.shape), word.shape.about)
      } + [Word("expect", .mapping(.expectations), "What only this story expects of this step.")],
    rules: [
      .oneOf(["at", "every"]),
      .wantsOneOf("every", ["until", "times"]),
      .notBoth("until", "times"),
      .wants("from", "every"),
      .wants("until", "every"),
      .wants("times", "every"),
      .oneOf(ActionWord.all),
    ]
  )

  static let timing = [
    Word("at", .moment, "When it happens."),
    Word("every", .span, "How often it happens."),
    Word("from", .moment, "When it happens for the first time; 0s where nothing is said."),
    Word("until", .moment, "Before when it happens."),
    Word("times", .integer(1...100_000), "How many times it happens, in place of 'until'."),
  ]

  /// All that can be expected; `ActionWord.expectations` says of what.
  package static let expectations = Shape(
    "expectations",
    "What only this story expects of the step.",
    [
      Word(
        "answer",
        .oneOf(Expectation.AnswerKind.allCases.map(\.rawValue)),
        "What becomes of each message of the step."
      ),
      Word("within", .span, "How long it may take; 60s where nothing is said."),
      Word(
        "because",
        .oneOf(RefusalReason.allCases.map(\.rawValue)),
        "The reason that each refusal makes plain."
      ),
      Word("draws-on", .name(of: "knowledge base"), "Each answer carries something of it."),
      Word("nothing-from", .name(of: "knowledge base"), "No reply carries anything of it."),
      Word("accepted", .boolean, "Whether the vendor accepts what an administrator does."),
      Word("mentions", .text, "A text that each reply contains."),
      Word("never-mentions", .text, "A text that no reply contains."),
      Word("invoice", .mapping(.expectedInvoice), "What the vendor's invoice of a month comes to."),
      Word("usage", .mapping(.expectedUsage), "How many tokens ran on a key until this step."),
      Word("grows", .boolean, "Whether people see each answer grow."),
      Word("waits", .boolean, "Whether people are told that the message waits for a key."),
    ],
    rules: [
      .notEmpty,
      .wants("within", "answer"),
      .with("answer", is: "given", mayNot: ["because"]),
      .with("answer", is: "none", mayNot: ["because", "draws-on", "mentions", "grows", "waits"]),
      .with(
        "answer",
        is: "undelivered",
        mayNot: ["because", "draws-on", "mentions", "grows", "waits"]
      ),
      .with("answer", is: "refused", mayNot: ["draws-on"]),
      .with("answer", is: "told", mayNot: ["because", "draws-on"]),
    ]
  )

  static let expectedInvoice = Shape(
    "expected-invoice",
    "What the vendor's invoice of a month comes to, as it stands at this step.",
    [
      .tenant,
      Word("month", .month, required: true, "Which month."),
    ] + bounds(exactly: "cents", "Its total, exactly.", otherwise: "Cents in all."),
    rules: boundRules(exactly: "cents")
  )

  static let expectedUsage = Shape(
    "expected-usage",
    "How many tokens ran on a key until the step, prompts and completions.",
    [
      .tenant,
      Word("key", .identifier, required: true, "A key of the story; azure-1 or azure-2."),
    ] + bounds(exactly: "tokens", "Exactly so many.", otherwise: "Tokens in all."),
    rules: boundRules(exactly: "tokens")
  )

  /// What `ScenarioReader.bounds` reads: one exact figure, or a least and a most.
  private static func bounds(
    exactly word: String,
    _ about: String,
    otherwise: String
  ) -> [Word] {
    [
      Word(word, .integer(0...mostCounted), about),
      Word("at-least", .integer(0...mostCounted), otherwise),
      Word("at-most", .integer(0...mostCounted), otherwise),
    ]
  }

  private static func boundRules(exactly word: String) -> [Rule] {
    [
      .someOf([word, "at-least", "at-most"]), .notBoth(word, "at-least"),
      .notBoth(word, "at-most"),
    ]
  }

  private static let mostCounted = 1_000_000_000

  /// What can be expected of an action; nil of one of which nothing can.
  static func expectations(of word: ActionWord) -> Shape? {
    guard !word.expectations.isEmpty else { return nil }
    var shape = expectations
    shape.name = "expectations-of-\(word.rawValue)"
    shape.words = shape.words.filter { word.expectations.contains($0.name) }
    shape.rules = shape.rules.compactMap { $0.kept(with: word.expectations) }
    return shape
  }
}

extension Shape.Rule {
  /// The rule as far as it concerns these words; nil where it concerns none of them.
  fileprivate func kept(with words: [String]) -> Shape.Rule? {
    switch self {
    case .with(let word, let value, let must, let mayNot):
      let remaining = mayNot.filter(words.contains)
      guard words.contains(word), !remaining.isEmpty || !must.isEmpty else { return nil }
      return .with(word, is: value, must: must, mayNot: remaining)
    case .wants(let first, _): return words.contains(first) ? self : nil
    case .oneOf, .someOf, .notBoth, .wantsOneOf, .notEmpty: return self
    }
  }
}
