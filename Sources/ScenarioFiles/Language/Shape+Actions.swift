extension ActionWord {
  /// What stands behind the word.
  package var shape: Shape {
    switch self {
    case .ask: .ask
    case .createKey, .installKey, .removeKey, .deleteKey, .regenerateKey, .changeSecret:
      keyShape
    case .startSubscription:
      Shape(
        rawValue,
        "An administrator begins the subscription, in a world that says 'subscription: none'.",
        [.tenant]
      )
    case .cancelSubscription:
      Shape(rawValue, "An administrator ends the subscription to the product.", [.tenant])
    case .inspect:
      Shape(
        rawValue,
        "An engineer of the vendor looks at the deployment with every tool that there is.",
        [.tenant]
      )
    case .move:
      Shape(
        rawValue,
        "A person changes department.",
        [.who, Shape.Word("to", .name(of: "department"), required: true, "The new department.")]
      )
    case .deactivate: Shape(rawValue, "A person's account ends in the directory.", [.who])
    case .reactivate: Shape(rawValue, "A person's account comes back.", [.who])
    case .join:
      Shape(rawValue, "A person who was absent joins the company.", [.who])
    case .leave: Shape(rawValue, "A person leaves the company: their account ends.", [.who])
    case .addMember:
      Shape(rawValue, "A person is added to a group or channel.", [.who, .conversation])
    case .removeMember:
      Shape(rawValue, "A person leaves a group or channel.", [.who, .conversation])
    case .addDocument:
      Shape(
        rawValue,
        "An administrator adds a document, or replaces the one of that name.",
        Shape.document + [Shape.Word("text", .text, required: true, "Its text, in Markdown.")]
      )
    case .changeDocument:
      Shape(
        rawValue,
        "An administrator gives a document that is there another text.",
        Shape.document + [Shape.Word("text", .text, required: true, "Its new text, in Markdown.")]
      )
    case .removeDocument: Shape(rawValue, "An administrator removes a document.", Shape.document)
    case .restartVendor: Shape(rawValue, "The vendor restarts in good order.", Shape.downtime)
    case .upgradeVendor:
      Shape(
        rawValue,
        "The vendor restarts for a new version, one process after the other.",
        [
          Shape.Word("down-for", .duration, required: true, "How long each is away."),
          Shape.Word("apart", .duration, "From one's return to the next; 30s where not said."),
        ]
      )
    case .crashVendor:
      Shape(
        rawValue,
        "The vendor crashes, and starts again on what its disk holds.",
        Shape.downtime
      )
    case .killVendor: Shape(rawValue, "kill -9 to a vendor's process.", Shape.downtime)
    case .fault: .fault
    case .knock: .knock
    case .deliverAgain:
      Shape(
        rawValue,
        "The platform delivers again what it delivered last for a person.",
        [.who]
      )
    case .press: .press
    case .compareLatency: .latencyComparison
    case .pause: Shape(rawValue, "Nothing happens; time passes up to here.", [])
    }
  }

  private var keyShape: Shape {
    let named = Shape.Word("key", .identifier, required: true, "A name of the story's own.")
    switch self {
    case .createKey:
      return Shape(
        rawValue,
        "The customer makes a key at the provider; the vendor is told nothing.",
        [
          .tenant, named,
          Shape.Word("expires-after", .span, "When the provider ends it by itself."),
        ]
      )
    case .installKey:
      return Shape(
        rawValue,
        "An administrator enters a key in the vendor's settings.",
        [
          .tenant,
          Shape.Word(
            "key",
            .identifier,
            required: true,
            "A key of the story; azure-1 or azure-2; or never-issued, a key that never was."
          ),
        ]
      )
    case .removeKey:
      return Shape(rawValue, "An administrator takes the key out of the settings.", [.tenant])
    case .deleteKey:
      return Shape(
        rawValue,
        "The customer deletes a key at the provider.",
        [
          .tenant,
          Shape.Word("key", .identifier, "Which one; the one installed where nothing is said."),
        ]
      )
    case .regenerateKey:
      return Shape(
        rawValue,
        "The customer gives a key of its Azure resource a new value; the old one ends.",
        [.tenant, Shape.Word("key", .oneOf(["azure-1", "azure-2"]), required: true, "Which one.")]
      )
    default:
      return Shape(
        rawValue,
        "The customer puts another key into the secret manager, past the vendor.",
        [.tenant, named]
      )
    }
  }
}

extension Shape.Word {
  static let tenant = Shape.Word(
    "tenant",
    .name(of: "tenant"),
    "Whose; may be left out in a world with one customer."
  )
  static let conversation = Shape.Word(
    "in",
    .name(of: "conversation"),
    required: true,
    "The group or channel."
  )
  static let who = Shape.Word("who", .name(of: "person"), required: true, "The person.")
}

extension Shape {
  static let document = [
    Word.tenant,
    Word("knowledge", .name(of: "knowledge base"), required: true, "The knowledge base."),
    Word("name", .text, required: true, "The document's name."),
  ]

  static let downtime = [
    Word("down-for", .duration, required: true, "How long until it starts again."),
    Word("replica", .integer(1...4), "One of several; all of them where nothing is said."),
  ]

  static let ask = Shape(
    "ask",
    "People write to the assistant.",
    [
      Word(
        "who",
        .someOf(.name(of: "person")),
        required: true,
        "One person, or several by turns; at one moment, each of them."
      ),
      Word("text", .text, "The question."),
      Word("from", .path("questions"), "A file of questions, asked in turn."),
      Word("burst", .integer(2...1_000), "How many at once, each time."),
      Word(
        "in",
        .name(of: "conversation"),
        "A group or channel; the personal conversation where nothing is said."
      ),
    ],
    rules: [.oneOf(["text", "from"])]
  )

  static let knock = Shape(
    "knock",
    "Somebody presents themselves to the vendor as a person, with a forged caller's token.",
    [
      Word("as", .name(of: "person"), required: true, "Whom they claim to be."),
      Word(
        "with",
        .oneOf(ImpostorTricks.all),
        required: true,
        "What is wrong with the token; genuine is the control."
      ),
      Word("text", .text, required: true, "What they ask."),
    ]
  )

  static let press = Shape(
    "press",
    "A person presses a button under the newest answer to somebody in a conversation.",
    [
      .who,
      Word(
        "button",
        .oneOf(Action.Press.Button.allCases.map(\.rawValue)),
        required: true,
        "By the words on it: ask again, or say whether the answer helped; like and dislike are the "
          + "thumbs that Teams itself puts under streamed answers."
      ),
      Word(
        "whose",
        .name(of: "person"),
        "Whose question was answered; the presser's own where nothing is said."
      ),
      Word(
        "in",
        .name(of: "conversation"),
        "A group or channel; the personal conversation where nothing is said."
      ),
      Word("times", .integer(1...10), "In a row; once where nothing is said."),
      Word(
        "with",
        .oneOf(ImpostorTricks.all),
        "Somebody else presses it in this person's name: what is wrong with the caller's token."
      ),
    ]
  )

  static let fault = Shape(
    "fault",
    "Something between the vendor and another part is out of order for a while.",
    [
      Word("kind", .oneOf(faultKinds.map(\.kind)), required: true, "What is out of order."),
      Word(
        "between-vendor-and",
        .oneOf(FaultDescription.Place.allCases.map(\.rawValue)),
        required: true,
        "Where."
      ),
      Word("for", .span, required: true, "How long."),
      Word("by", .span, "Of slow: how much longer; of disorder: up to how much later."),
      Word("percent", .integer(1...100), "Of loss, duplication, reset: how many in a hundred."),
      Word("status", .integer(400...599), "Of status: what is answered instead."),
      Word("retry-after", .duration, "Of status: when it may be tried again."),
      Word("to", .host, "Of redirect: the other host."),
    ],
    rules: faultKinds.map { kind in
      .with(
        "kind",
        is: kind.kind,
        must: kind.must,
        mayNot: ["by", "percent", "status", "retry-after", "to"].filter {
          !kind.must.contains($0) && !kind.may.contains($0)
        }
      )
    }
  )

  /// The kinds of fault, with the words of their own that each takes.
  static let faultKinds: [(kind: String, must: [String], may: [String])] = [
    ("outage", [], []), ("slow", ["by"], []), ("disorder", ["by"], []), ("loss", ["percent"], []),
    ("duplication", ["percent"], []), ("reset", ["percent"], []),
    ("status", ["status"], ["retry-after"]), ("redirect", ["to"], []), ("sealed", [], []),
    ("refusing", [], []),
  ]

  static let besideLatency = Shape(
    "beside",
    "Questions that are not measured; each colleague of whoever is measured has a copy on the "
      + "vendor's own key.",
    [
      Word("who", .someOf(.name(of: "person")), required: true, "Who asks, by turns."),
      Word("every", .span, required: true, "The mean time from one question to the next."),
    ]
  )

  static let latencyComparison = Shape(
    "compare-latency",
    "The same questions on the customer's key and on the vendor's own, in pairs.",
    [
      Word("who", .name(of: "person"), required: true, "Who asks."),
      Word("from", .path("questions"), required: true, "A file of questions."),
      Word("pairs-at-least", .integer(2...100_000), required: true, "Before a verdict is tried."),
      Word("pairs-at-most", .integer(2...100_000), required: true, "After which it ends."),
      Word("warm-up", .integer(0...10_000), required: true, "Pairs that do not count."),
      Word("median-margin", .span, required: true, "How far the medians may lie apart."),
      Word("tail-margin", .span, required: true, "How far the 95th percentiles may lie apart."),
      Word("budget", .span, required: true, "Time after which no further pair begins."),
      Word(
        "every",
        .span,
        required: true,
        "The mean time from one question to the next, whether or not that one is answered."
      ),
      Word("beside", .mapping(besideLatency), "Others who ask at the same time."),
    ]
  )
}
