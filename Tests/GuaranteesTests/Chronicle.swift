import Evidence
import Guarantees
import Secrets
import Worlds

/// Writes histories for tests: a small world, a clock that the test sets, and one line for each
/// thing that happens.
struct Chronicle {
  static let start = Timestamp(unixSeconds: 1_767_600_000)

  var facts = Facts(
    scenario: "test",
    world: .simulated,
    seed: 1,
    vendor: "honest",
    startedAt: start,
    tenants: [
      Facts.Tenant(id: "acme", providerHosts: ["api.openai.com"]),
      Facts.Tenant(id: "globex", providerHosts: ["api.openai.com"]),
    ],
    people: [
      Facts.Person(id: "ana", tenant: "acme", department: "hr", platform: .teams),
      Facts.Person(id: "ben", tenant: "acme", department: "sales", platform: .teams),
      Facts.Person(id: "gus", tenant: "acme", department: "sales", platform: .googleChat),
      Facts.Person(id: "eve", tenant: "globex", department: "hr", platform: .teams),
    ],
    conversations: ["ana", "ben", "gus"].map {
      Facts.Conversation(
        id: "with-\($0)",
        tenant: "acme",
        platform: $0 == "gus" ? .googleChat : .teams,
        kind: .personal,
        members: [$0]
      )
    } + [
      Facts.Conversation(
        id: "with-eve",
        tenant: "globex",
        platform: .teams,
        kind: .personal,
        members: ["eve"]
      ),
      Facts.Conversation(
        id: "group",
        tenant: "acme",
        platform: .teams,
        kind: .group,
        members: ["ana", "ben"]
      ),
    ],
    knowledge: [
      Facts.KnowledgeBase(id: "salaries", tenant: "acme", departments: ["hr"]),
      Facts.KnowledgeBase(id: "policies", tenant: "acme", departments: ["hr", "sales"]),
      Facts.KnowledgeBase(id: "plans", tenant: "globex", departments: ["hr"]),
    ],
    hosts: [
      Facts.Host(name: "api.openai.com", role: .provider),
      Facts.Host(name: "other.openai.com", role: .provider),
      Facts.Host(name: "teams.example", role: .chatPlatform),
    ]
  )
  private(set) var events: [Event] = []
  private(set) var order = 0
  private var now = start
  private var messages: [String: Event.MessageSent] = [:]
  private var completions = 0

  var history: History { History(facts: facts, events: events) }
  var story: Story { Story(history) }

  func judge(_ guarantee: String) -> Finding {
    Judge().findings(in: history).first { $0.guarantee == guarantee }?.finding
      ?? Finding(verdict: .notClaimed, sentence: "no such guarantee")
  }

  mutating func at(_ seconds: Double) {
    now = Self.start + .nanoseconds(Int64(seconds * 1_000_000_000))
  }

  mutating func record(_ kind: Event.Kind) {
    events.append(Event(id: events.count + 1, at: now, kind: kind))
  }

  // MARK: Keys

  mutating func create(_ key: String, _ owner: KeyOwner = .tenant("acme")) {
    record(
      .keyCreated(
        Event.KeyCreated(
          key: Fingerprint(key),
          name: key,
          owner: owner,
          providerHost: "api.openai.com"
        )
      )
    )
  }

  mutating func act(
    _ verb: Event.AdminAction.Verb,
    _ key: String? = nil,
    tenant: String = "acme",
    status: Int = 200,
    took: Double = 0,
    host: String? = nil
  ) {
    record(
      .adminAction(
        Event.AdminAction(
          tenant: tenant,
          verb: verb,
          key: key.map { Fingerprint($0) },
          providerHost: host,
          submittedAt: now + .nanoseconds(-Int64(took * 1_000_000_000)),
          status: status,
          afterOrder: order
        )
      )
    )
  }

  /// Keys `a1` and `v` (the vendor's), `a1` installed.
  mutating func begin() {
    at(0)
    create("a1")
    create("v", .vendor)
    act(.installKey, "a1")
  }

  /// The provider takes no call above the present order, or above `afterOrder`.
  /// - Parameter spread: how many seconds some of the provider's machines go on to take it.
  mutating func end(_ key: String, afterOrder: Int? = nil, spread: Double? = nil) {
    record(
      .keyEnded(
        Event.KeyEnded(
          key: Fingerprint(key),
          afterOrder: afterOrder ?? order,
          spreadUntil: spread.map { now + .nanoseconds(Int64($0 * 1_000_000_000)) }
        )
      )
    )
  }

  // MARK: Messages

  @discardableResult
  mutating func ask(
    _ person: String,
    in conversation: String? = nil,
    question: String? = nil,
    id: String? = nil
  ) -> String {
    let known = facts.people.first { $0.id == person }
    let message = Event.MessageSent(
      message: id ?? "m\(messages.count + 1)",
      person: person,
      tenant: known?.tenant ?? "acme",
      conversation: conversation ?? "with-\(person)",
      platform: known?.platform ?? .teams,
      questionCanary: question ?? "q\(messages.count + 1)",
      step: 1
    )
    messages[message.message] = message
    record(.messageSent(message))
    return message.message
  }

  mutating func deliver(_ message: String, attempt: Int = 1, status: Int = 200) {
    record(.delivery(Event.Delivery(message: message, attempt: attempt, status: status)))
  }

  /// - Returns: the completion's canary, where there is one.
  @discardableResult
  mutating func call(
    _ key: String?,
    for message: String?,
    _ documents: [String] = [],
    endpoint: String = "/v1/chat/completions",
    status: Int = 200,
    arrivedAgo: Double = 0,
    outcome: Event.ProviderCall.Outcome? = nil,
    also canaries: [String] = [],
    host: String = "api.openai.com"
  ) -> String? {
    order += 1
    let chats = endpoint.hasSuffix("/chat/completions") && status == 200
    if chats { completions += 1 }
    let arrived = now + .nanoseconds(-Int64(arrivedAgo * 1_000_000_000))
    record(
      .providerCall(
        Event.ProviderCall(
          order: order,
          host: host,
          endpoint: endpoint,
          model: "m",
          key: key.map { Fingerprint($0) },
          project: status == 200 ? "p" : nil,
          arrivedAt: arrived,
          authenticatedAt: arrived,
          status: status,
          outcome: outcome ?? (status == 200 ? .completed : .refused),
          promptTokens: status == 200 ? 10 : 0,
          completionTokens: chats ? 5 : 0,
          promptCanaries: canaries
            + (message.flatMap { messages[$0]?.questionCanary }.map { [$0] }
              ?? []) + documents,
          completionCanary: chats ? "c\(completions)" : nil
        )
      )
    )
    return chats ? "c\(completions)" : nil
  }

  mutating func answer(_ message: String, _ completion: String?, _ canaries: [String] = []) {
    guard let sent = messages[message] else { return }
    record(
      .reply(
        Event.Reply(
          message: message,
          conversation: sent.conversation,
          tenant: sent.tenant,
          nature: .answer,
          completionCanaries: completion.map { [$0] } ?? [],
          canaries: canaries,
          length: 10
        )
      )
    )
  }

  mutating func refuse(
    _ message: String,
    _ words: String = "Your key was rejected. Please ask your administrator."
  ) {
    guard let sent = messages[message] else { return }
    record(
      .reply(
        Event.Reply(
          message: message,
          conversation: sent.conversation,
          tenant: sent.tenant,
          nature: .notice,
          words: words,
          length: words.utf16.count
        )
      )
    )
  }

  /// Asked, embedded, completed and answered within a moment.
  @discardableResult
  mutating func converse(
    _ person: String,
    on key: String = "a1",
    _ documents: [String] = [],
    in conversation: String? = nil
  ) -> String {
    let message = ask(person, in: conversation)
    deliver(message)
    call(key, for: message, endpoint: "/v1/embeddings")
    answer(message, call(key, for: message, documents), documents)
    return message
  }

  /// Asked, tried with a dead key, and refused.
  @discardableResult
  mutating func converseInVain(_ person: String, on key: String = "a1") -> String {
    let message = ask(person)
    deliver(message)
    call(key, for: message, endpoint: "/v1/embeddings", status: 401)
    refuse(message)
    return message
  }

  mutating func addDocument(_ id: String, _ knowledge: String, tenant: String = "acme") {
    record(
      .documentChanged(
        Event.DocumentChanged(document: id, knowledge: knowledge, tenant: tenant, change: .added)
      )
    )
  }

  mutating func endStory() { record(.storyEnded) }
}

extension Chronicle {
  /// A history that a closure writes.
  static func of(_ write: (inout Chronicle) -> Void) -> Chronicle {
    var chronicle = Chronicle()
    chronicle.begin()
    write(&chronicle)
    return chronicle
  }
}
