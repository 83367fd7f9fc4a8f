/// A story in a typed form: what a scenario file says, with every name resolved and every time
/// worked out.
package struct Scenario: Sendable, Equatable {
  /// The file, relative to the library that it stands in, for instance `rotation/planned.yaml`.
  package var file: String
  /// The same file from the working directory, as a replay command names it.
  package var path: String
  package var title: String
  package var about: String
  /// Guarantee ids that the story is there to exercise.
  package var shows: [String]
  /// Limits of bringing a key that the story is there to show.
  package var demonstrates: [String] = []
  /// The family: the folder that the file stands in.
  package var family: String
  package var world: WorldDescription
  /// Nil plays in the world that suits: simulated, or loopback for a latency comparison.
  package var playsIn: PlaysIn
  /// The vendor under test; nil for the one of the command line (default `honest`).
  package var vendor: String?
  /// For a control: the verdicts that the story must bring out, by guarantee id.
  package var expectedVerdicts: [ExpectedVerdict]
  /// Whether the story is played again with a crash of the vendor at each of its operations.
  package var crashesEverywhere = false
  /// Set where the story is played twice, with a secret exchanged.
  package var pair: Pair?
  /// The lines of the file that name a guarantee in `shows` or `expect-verdicts`.
  package var guaranteeLines: [String: Int] = [:]
  /// What the file wants judged beside the catalogue.
  package var checks: [ReviewerCheck] = []
  /// Which of the stories of one file it is, for instance `manager=vault`; nil where it has one.
  package var variant: String?
  /// In order of time; steps of the same time in the file's order.
  package var timeline: [Step]
  /// The file itself, and all that it and its world name.
  package var inputs: [ScenarioInput] = []

  /// What bringing a key does not give, by the ids of the catalogue.
  package static let limits = [
    "vendor-in-the-path", "provider-processes-data", "no-data-sovereignty", "vendor-can-log",
  ]

  /// As `vendor`: the reference orchestrator as a process of its own, over loopback.
  package static let processVendor = "process"

  package var runsVendorAsProcess: Bool { vendor == Self.processVendor }

  package enum PlaysIn: String, Sendable, Equatable {
    case both
    case simulated
    case loopback
  }

  package struct ExpectedVerdict: Sendable, Equatable {
    package var guarantee: String
    /// `held`, `violated` or `inconclusive`.
    package var verdict: String

    package init(guarantee: String, verdict: String) {
      self.guarantee = guarantee
      self.verdict = verdict
    }
  }

  package init(
    file: String,
    title: String,
    about: String,
    shows: [String],
    family: String,
    world: WorldDescription,
    playsIn: PlaysIn = .both,
    vendor: String? = nil,
    expectedVerdicts: [ExpectedVerdict] = [],
    timeline: [Step],
    path: String? = nil
  ) {
    self.file = file
    self.path = path ?? file
    self.title = title
    self.about = about
    self.shows = shows
    self.family = family
    self.world = world
    self.playsIn = playsIn
    self.vendor = vendor
    self.expectedVerdicts = expectedVerdicts
    self.timeline = timeline
  }
}

/// One entry of a timeline, with its place in the file.
package struct Step: Sendable, Equatable {
  package var line: Int
  /// What other steps call it.
  package var name: String?
  package var timing: Timing
  package var action: Action
  package var expectations: [Expectation]

  package init(
    line: Int,
    name: String? = nil,
    timing: Timing,
    action: Action,
    expectations: [Expectation] = []
  ) {
    self.line = line
    self.name = name
    self.timing = timing
    self.action = action
    self.expectations = expectations
  }

  package enum Timing: Sendable, Equatable {
    /// From the story's beginning.
    case at(Duration)
    /// At `from`, and then again each `every` while before `until`.
    case every(Duration, from: Duration, until: Duration)
  }
}

package enum Action: Sendable, Equatable {
  case ask(Ask)
  /// The customer makes a key at the provider; nothing is told to the vendor.
  case createKey(tenant: String, key: String)
  /// The administrator sets or replaces the key in the vendor's settings.
  case installKey(tenant: String, key: InstalledKey)
  /// The administrator takes the key out of the vendor's settings.
  case removeKey(tenant: String)
  /// The customer deletes the key at the provider. Nil: the one installed at that moment.
  case deleteKey(tenant: String, key: String?)
  /// The customer gives one of the two keys of its Azure resource a new value; the old one ends.
  case regenerateKey(tenant: String, slot: Int)
  /// Another key is put into the secret manager past the vendor.
  case changeSecret(tenant: String, key: String)
  /// An engineer of the vendor looks at a customer's deployment with all tools that there are.
  case inspect(tenant: String)
  /// The administrator begins the subscription to the vendor's product.
  case startSubscription(tenant: String)
  /// The administrator cancels the subscription to the vendor's product.
  case cancelSubscription(tenant: String)
  case movePerson(person: String, department: String)
  /// The person's account ends, or begins again, in the customer's directory.
  case setActive(person: String, isActive: Bool)
  /// A person is in a group or channel from now on, or is not.
  case setMember(person: String, conversation: String, isMember: Bool)
  case addDocument(tenant: String, knowledge: String, name: String, text: String)
  case removeDocument(tenant: String, knowledge: String, name: String)
  /// Nil means every replica.
  case restartVendor(downFor: Duration, replica: Int? = nil)
  case crashVendor(downFor: Duration, replica: Int? = nil)
  case fault(FaultDescription)
  case impostor(ImpostorAsk)
  /// Somebody presses a button under the newest answer to a person.
  case press(Press)
  /// The platform delivers again what it delivered last for this person, as it stands.
  case deliverAgain(person: String)
  case compareLatency(LatencyComparison)
  /// Nothing happens; expectations may hang on it.
  case pause

  package enum InstalledKey: Sendable, Equatable {
    case named(String)
    /// The present value of a key of the customer's Azure resource: the first or the second.
    case azure(slot: Int)
    /// A value in the shape of a key that the provider never issued.
    case neverIssued
  }

  package struct Ask: Sendable, Equatable {
    /// One, or several who take turns.
    package var people: [String]
    /// Asked in this order, from the beginning again after the last.
    package var questions: [String]
    /// A group or channel of the world; nil for the personal conversation with the assistant.
    package var conversation: String?
    /// True for questions from a file: each gets a reference of its own, so that no two are alike.
    package var marksQuestions: Bool
    /// How many are sent at once, each time.
    package var burst = 1

    package init(
      people: [String],
      questions: [String],
      conversation: String? = nil,
      marksQuestions: Bool = false
    ) {
      self.people = people
      self.questions = questions
      self.conversation = conversation
      self.marksQuestions = marksQuestions
    }
  }

  package struct ImpostorAsk: Sendable, Equatable {
    package var person: String
    /// One of `Event.Impostor.Trick`'s raw values.
    package var trick: String
    package var text: String

    package init(person: String, trick: String, text: String) {
      self.person = person
      self.trick = trick
      self.text = text
    }
  }
}

package struct FaultDescription: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The host refuses every connection.
    case outage
    /// Each exchange takes this much longer.
    case slow(Duration)
    /// Each message that the platform delivers takes up to this much longer, so that some are
    /// overtaken by later ones.
    case disorder(Duration)
    /// Requests vanish, by chance.
    case loss(percent: Int)
    /// Requests arrive twice, by chance.
    case duplication(percent: Int)
    /// The connection breaks, before or within the response, by chance.
    case reset(percent: Int)
    /// The provider, or the directory, answers with this status instead.
    case status(Int, retryAfter: Duration?)
    /// The provider redirects to another host.
    case redirect(to: String)
    /// The secret manager is there, and cannot open what it holds.
    case sealed
    /// The secret manager denies whoever asks.
    case refusing
  }

  /// Between the vendor and which part: `provider`, `chat-platform`, `directory`,
  /// `secret-manager`.
  package enum Place: String, Sendable, Equatable, CaseIterable {
    case provider
    case chatPlatform = "chat-platform"
    case directory
    case secretManager = "secret-manager"
  }

  package var kind: Kind
  package var place: Place
  package var lasting: Duration

  package init(kind: Kind, place: Place, lasting: Duration) {
    self.kind = kind
    self.place = place
    self.lasting = lasting
  }
}

package struct LatencyComparison: Sendable, Equatable {
  package var person: String
  package var questions: [String]
  package var minimumPairs: Int
  package var maximumPairs: Int
  package var warmUpPairs: Int
  package var medianMargin: Duration
  package var tailMargin: Duration
  /// Time after which no further pair begins.
  package var budget: Duration
  /// The mean time from one question to the next, whether or not that one is answered.
  package var every: Duration
  /// Others who ask at the same time; nil where nobody does.
  package var beside: Beside?

  package struct Beside: Sendable, Equatable {
    package var people: [String]
    /// The mean time from one of their questions to the next.
    package var every: Duration
  }

  package init(
    person: String,
    questions: [String],
    minimumPairs: Int,
    maximumPairs: Int,
    warmUpPairs: Int,
    medianMargin: Duration,
    tailMargin: Duration,
    budget: Duration,
    every: Duration,
    beside: Beside? = nil
  ) {
    self.person = person
    self.questions = questions
    self.minimumPairs = minimumPairs
    self.maximumPairs = maximumPairs
    self.warmUpPairs = warmUpPairs
    self.medianMargin = medianMargin
    self.tailMargin = tailMargin
    self.budget = budget
    self.every = every
    self.beside = beside
  }
}
