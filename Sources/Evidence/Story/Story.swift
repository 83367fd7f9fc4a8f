package import Worlds

/// A history read once from beginning to end, with everything linked that belongs together: what
/// checkers judge. Built once for all of them.
package struct Story: Sendable {
  /// An event's payload with its id and time.
  package struct Occurrence<Payload: Sendable>: Sendable {
    package var event: Int
    package var at: Timestamp
    package var of: Payload
  }

  package let facts: Facts

  /// In the order of sending.
  package internal(set) var messages: [Message] = []
  /// In the order in which they ended; judge them by their `order`.
  package internal(set) var calls: [Call] = []
  package internal(set) var replies: [Reply] = []
  /// In the order of the manager's log.
  package internal(set) var secretAccesses: [Occurrence<Event.SecretAccess>] = []
  package internal(set) var secretChanges: [Occurrence<Event.SecretChanged>] = []
  package internal(set) var inspections: [Occurrence<Event.Inspection>] = []
  package internal(set) var exchanges: [Occurrence<Event.Exchange>] = []
  package internal(set) var sightings: [Occurrence<Event.Sighting>] = []
  package internal(set) var searches: [Occurrence<Event.Searched>] = []
  package internal(set) var impostors: [Occurrence<Event.Impostor>] = []
  package internal(set) var expectations: [Occurrence<Event.Expectation>] = []
  package internal(set) var ledger: [Occurrence<Event.LedgerRow>] = []
  package internal(set) var usageLines: [Occurrence<Event.UsageLine>] = []
  package internal(set) var invoiceLines: [Occurrence<Event.InvoiceLine>] = []
  package internal(set) var providerReports: [Occurrence<Event.ProviderReport>] = []
  package internal(set) var latencyPlans: [Occurrence<Event.LatencyPlan>] = []
  package internal(set) var latencySchedules: [Occurrence<Event.LatencySchedule>] = []
  package internal(set) var latencyPairs: [Occurrence<Event.LatencyPair>] = []
  package internal(set) var pairPlans: [Occurrence<Event.PairPlan>] = []
  package internal(set) var pairRows: [Occurrence<Event.PairRow>] = []
  package internal(set) var keys = KeyRegister()
  /// Documents by their ids.
  package internal(set) var documents: [String: Document] = [:]
  package internal(set) var vendorChanges: [Occurrence<Event.VendorChange>] = []
  /// When the vendor was down or a fault was on, in order, overlapping ones joined.
  package internal(set) var disturbances: [Disturbance] = []
  /// When the network made copies of requests, in order.
  var duplications: [Disturbance] = []
  /// When the story was over; the last event's time when the log does not say.
  package internal(set) var endedAt: Timestamp

  var messageByID: [String: Int] = [:]
  var messagesByQuestion: [String: [Int]] = [:]
  var callByCompletion: [String: Int] = [:]
  /// The documents of markers that were seen in prompts: the same ones come up again and again.
  var documentsByCanary: [String: Document] = [:]
  var memberChanges: [Occurrence<Event.MemberChanged>] = []
  var moves: [String: [(at: Timestamp, department: String)]] = [:]
  var people: [String: Facts.Person] = [:]
  var conversations: [String: Facts.Conversation] = [:]
  var knowledge: [String: Facts.KnowledgeBase] = [:]

  package init(_ history: History) {
    facts = history.facts
    endedAt = history.events.last?.at ?? history.facts.startedAt
    index(history.facts)
    var faults = DisturbanceFold()
    for event in history.events { take(event, &faults) }
    disturbances = faults.joined()
    duplications = faults.duplications
    for index in replies.indices { link(replyAt: index) }
    let repliesByCompletion = repliesByCompletion()
    for index in calls.indices { link(callAt: index, repliesByCompletion) }
  }

  package struct Message: Sendable {
    package var event: Int
    package var sentAt: Timestamp
    package var of: Event.MessageSent
    package internal(set) var deliveries: [Occurrence<Event.Delivery>] = []
    /// Indices into `replies`.
    package internal(set) var replies: [Int] = []
    /// Indices into `calls`: those whose newest question this is.
    package internal(set) var calls: [Int] = []
    /// What was wrong with its caller, where the story forged one.
    package internal(set) var trick: Event.Impostor.Trick?

    /// Whether the vendor ever said that it has it.
    package var wasAccepted: Bool { deliveries.contains { (200..<300).contains($0.of.status) } }

    /// Sent by who it claims to be from.
    package var isGenuine: Bool { trick == nil || trick == .genuine }
  }

  package struct Call: Sendable {
    package var event: Int
    /// When it ended; `of.arrivedAt` is when it began.
    package var at: Timestamp
    package var of: Event.ProviderCall
    /// The message that it was made for: of those whose question is in the prompt the newest.
    package internal(set) var message: Int?
    /// Where several had asked in the same words and no reply tells them apart, all of them.
    package internal(set) var possibleMessages: [Int] = []
    /// Customers whose canaries are in the prompt, sorted.
    package internal(set) var tenants: [String] = []
  }

  package struct Reply: Sendable {
    package var event: Int
    package var at: Timestamp
    package var of: Event.Reply
    package internal(set) var message: Int?
  }

  package struct Document: Sendable {
    package let id: String
    /// Unique over all customers, as `acme/hr-handbook`.
    package let qualifiedKnowledge: String
    package let knowledge: String
    package let tenant: String
    /// From the first event, whether it adds or removes, in turn.
    package internal(set) var changes: [Occurrence<Event.DocumentChanged>] = []

    init(id: String, knowledge: String, tenant: String) {
      self.id = id
      self.knowledge = knowledge
      self.tenant = tenant
      qualifiedKnowledge = "\(tenant)/\(knowledge)"
    }

    package func exists(at moment: Timestamp) -> Bool {
      changes.last { $0.at <= moment }?.of.change == .added
    }
  }

  package struct Disturbance: Sendable, Equatable {
    package var from: Timestamp
    /// Nil when it lasted to the end.
    package var until: Timestamp?
  }
}
