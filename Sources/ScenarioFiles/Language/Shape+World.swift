extension Shape {
  /// The top of a world file.
  package static let world = Shape(
    "world",
    "Customers, people and knowledge, before anything happens.",
    [
      Word("world", .text, required: true, "The world's title."),
      Word("starts", .dateAndTime, required: true, "When stories in it begin."),
      Word("model", .mapping(.model), "How fast the mock model answers."),
      Word(
        "secret-manager",
        .oneOf(WorldDescription.SecretManager.allCases.map(\.rawValue)),
        "Where the vendor keeps the customers' keys; embedded where nothing is said."
      ),
      Word("replicas", .integer(1...4), "How many processes of the vendor share one storage."),
      Word(
        "questions-a-minute",
        .integer(1...100_000),
        "What the vendor lets one customer ask; as many as come where nothing is said."
      ),
      Word(
        "revocations-spread-within",
        .span,
        "How long some of a provider's machines still take a key that has ended; none where "
          + "nothing is said."
      ),
      Word("tenants", .someNamed(.mapping(.tenant)), required: true, "The customers, by name."),
    ]
  )

  /// A world with some words said otherwise; whatever is left out is as the file `from` has it.
  package static let changedWorld: Shape = {
    var shape = world.loosened
    shape.words.insert(
      Word("from", .path("a world"), required: true, "The world that is changed."),
      at: 0
    )
    return shape
  }()

  /// The same words, none of which must be there.
  fileprivate var loosened: Shape {
    Shape(
      "changed-\(name)",
      about,
      words.map { Word($0.name, $0.takes.loosened, $0.about) }
    )
  }

  static let model = Shape(
    "model",
    "How fast the mock model answers.",
    [
      Word("first-token", .rangeOfDurations, required: true, "Until the first token."),
      Word("between-tokens", .rangeOfDurations, required: true, "From token to token."),
      Word("embedding", .rangeOfDurations, "A whole call for embeddings: 5ms..20ms if not said."),
    ]
  )

  static let tenant = Shape(
    "tenant",
    "A customer of the vendor.",
    [
      Word("name", .text, required: true, "The customer's name."),
      Word(
        "deployment",
        .oneOf(WorldDescription.Deployment.allCases.map(\.rawValue)),
        "What the vendor claims to be towards it; pure where nothing is said."
      ),
      Word(
        "markup",
        .oneOf(["per-usage", "per-seat"]),
        "What a hosted customer is charged for tokens by; per-usage where nothing is said."
      ),
      Word(
        "key",
        .oneOf(["installed", "azure", "none"]),
        "Whether a first key is in place, and whose; installed where nothing is said."
      ),
      Word("azure", .mapping(.azure), "Its Azure OpenAI resource."),
      Word(
        "departments",
        .named(.mapping(.department)),
        required: true,
        "Its departments, by name, and what each may read."
      ),
      Word("people", .named(.mapping(.person)), required: true, "Its people, by name."),
      Word("conversations", .named(.mapping(.conversation)), "Its groups and channels, by name."),
      Word(
        "knowledge",
        .named(.either([.path("folder"), .named(.text)])),
        "Its knowledge bases: each a folder, or documents that stand right here, text by name."
      ),
      Word("guests", .mapping(.guests), "What guests may read."),
      Word(
        "directory",
        .oneOf(["departments", "groups"]),
        "Whether departments are a property of people or groups; departments where not said."
      ),
      Word("replies", .oneOf(["whole", "streamed"]), "Whether people see answers grow."),
      Word(
        "contract",
        .oneOf(["no-query-logging"]),
        "What the vendor has promised it by contract: to keep nothing of what people ask."
      ),
      Word(
        "subscription",
        .oneOf(["active", "none"]),
        "Whether it subscribes from the beginning; active where nothing is said."
      ),
      Word(
        "rejected-key",
        .mapping(.rejectedKey),
        "What is to happen while the provider rejects its key."
      ),
    ]
  )

  static let rejectedKey = Shape(
    "rejected-key",
    "What a customer wants while its provider does not take its key.",
    [
      Word(
        "messages",
        .oneOf(["refused", "wait"]),
        "What becomes of messages; refused where nothing is said."
      ),
      Word("for", .span, "Of wait: how long a message may wait; 30m where nothing is said."),
      Word(
        "at-most",
        .integer(1...10_000),
        "Of wait: how many may wait at one time; 200 where nothing is said."
      ),
      Word("tell", .name(of: "person"), "Who gets a chat message about it."),
    ],
    rules: [
      .notEmpty, .with("messages", is: "refused", mayNot: ["for", "at-most"]),
      .wants("for", "messages"), .wants("at-most", "messages"),
    ]
  )

  static let azure = Shape(
    "azure",
    "An Azure OpenAI resource.",
    [
      Word("resource", .identifier, required: true, "The first label of its host."),
      Word("chat", .text, "The deployment that answers; assistant where nothing is said."),
      Word("embeddings", .text, "The deployment that embeds; search where nothing is said."),
      Word("api-version", .text, "v1, or a date; 2024-10-21 where nothing is said."),
    ]
  )

  static let department = Shape(
    "department",
    "A department.",
    [Word("knowledge", .list(.name(of: "knowledge base")), "What its people may read.")]
  )

  static let guests = Shape(
    "guests",
    "What guests may read, and so everybody.",
    [
      Word(
        "knowledge",
        .list(.name(of: "knowledge base")),
        required: true,
        "The knowledge bases."
      )
    ]
  )

  static let person = Shape(
    "person",
    "Somebody who writes to the assistant.",
    [
      Word("name", .text, required: true, "Their name."),
      Word("department", .name(of: "department"), "Their department; guests have none."),
      Word("guest", .boolean, "Whether they are a guest."),
      Word("absent", .boolean, "Whether the story begins without them; 'join' lets them in."),
      Word(
        "platform",
        .oneOf(WorldDescription.PlatformName.allCases.map(\.rawValue)),
        required: true,
        "Where they write."
      ),
    ],
    rules: [
      .someOf(["department", "guest"]),
      .with("guest", is: "true", mayNot: ["department"]),
      .with("guest", is: "false", must: ["department"]),
    ]
  )

  static let conversation = Shape(
    "conversation",
    "A group or a channel.",
    [
      Word(
        "kind",
        .oneOf(WorldDescription.Conversation.Kind.allCases.map(\.rawValue)),
        required: true,
        "Which of the two."
      ),
      Word(
        "platform",
        .oneOf(WorldDescription.PlatformName.allCases.map(\.rawValue)),
        required: true,
        "Where it is."
      ),
      Word("members", .list(.name(of: "person")), required: true, "Who reads along."),
    ]
  )
}

extension Value {
  fileprivate var loosened: Value {
    switch self {
    case .mapping(let shape): .mapping(shape.loosened)
    case .named(let element): .named(element.loosened)
    case .someNamed(let element): .named(element.loosened)
    default: self
    }
  }
}
