import Evidence
import Foundation
import Worlds

/// Builds histories for the tests; times are seconds since the beginning.
struct HistoryBuilder {
  private let facts: Facts
  private let start: Timestamp
  private(set) var events: [Event] = []
  private var key: Event.KeyCreated?

  init(scenario: String, start: Timestamp) {
    self.start = start
    facts = Facts(
      scenario: scenario,
      world: .simulated,
      seed: 42,
      vendor: "honest",
      startedAt: start,
      tenants: [Facts.Tenant(id: "acme", providerHosts: ["api.openai.com"])],
      people: [Facts.Person(id: "ana", tenant: "acme", department: "HR", platform: .teams)]
    )
  }

  var history: History { History(facts: facts, events: events) }

  mutating func add(_ kind: Event.Kind, at seconds: Double) {
    let at = start + .nanoseconds(Int64(seconds * 1_000_000_000))
    events.append(Event(id: events.count + 1, at: at, kind: kind))
  }

  /// Puts the events in order of time and numbers them anew.
  mutating func sort() {
    let ordered = events.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    events = ordered.enumerated().map { index, entry in
      Event(id: index + 1, at: entry.element.at, kind: entry.element.kind)
    }
  }

  mutating func setUp(tenants: [String] = ["acme"]) throws {
    add(.vendor(.started), at: 0)
    for tenant in tenants {
      try createKey("\(tenant)/first", at: 0)
      try install("\(tenant)/first", tenant: tenant, at: 0)
    }
  }

  /// A fingerprint of a name, made by decoding, since only `Secrets` makes them otherwise.
  private func created(_ name: String) throws -> Event.KeyCreated {
    let digest = name.utf8.reduce(5_381) { ($0 &* 33 &+ Int($1)) & 0xFFFF_FFFF_FFFF }
    let hex = String(String(digest + 0x1000_0000_0000, radix: 16).prefix(12))
    let text = """
      {"key":"\(hex)","name":"\(name)","owner":{"vendor":true},"providerHost":"api.openai.com"}
      """
    return try JSONDecoder().decode(Event.KeyCreated.self, from: Data(text.utf8))
  }

  mutating func createKey(_ name: String, at seconds: Double) throws {
    let event = try created(name)
    key = event
    add(.keyCreated(event), at: seconds)
  }

  mutating func endKey(_ name: String, at seconds: Double, afterOrder: Int = 0) throws {
    let ended = Event.KeyEnded(key: try created(name).key, afterOrder: afterOrder)
    add(.keyEnded(ended), at: seconds)
  }

  mutating func install(_ name: String, tenant: String = "acme", at seconds: Double) throws {
    let action = Event.AdminAction(
      tenant: tenant,
      verb: .installKey,
      key: try created(name).key,
      submittedAt: start,
      status: 200,
      afterOrder: 0
    )
    add(.adminAction(action), at: seconds)
  }

  mutating func message(_ number: Int, at seconds: Double, dead: Bool) {
    let message = "m\(number)"
    let sent = Event.MessageSent(
      message: message,
      person: "ana",
      tenant: "acme",
      conversation: "ana-personal",
      platform: .teams,
      questionCanary: "q\(number)",
      step: 3
    )
    add(.messageSent(sent), at: seconds)
    let at = start + .nanoseconds(Int64((seconds + 0.1) * 1_000_000_000))
    let call = Event.ProviderCall(
      order: number + 1,
      host: "api.openai.com",
      endpoint: "/v1/chat/completions",
      model: "gpt-4o",
      key: key?.key,
      project: dead ? nil : "proj",
      arrivedAt: at,
      authenticatedAt: at,
      status: dead ? 401 : 200,
      errorCode: dead ? "invalid_api_key" : nil,
      outcome: dead ? .refused : .completed
    )
    add(.providerCall(call), at: seconds + 0.2)
    let reply = Event.Reply(
      message: message,
      conversation: "ana-personal",
      tenant: "acme",
      nature: dead ? .notice : .answer,
      words: dead ? "Your key was rejected. \(SampleRun.hostile)" : nil,
      length: 40
    )
    add(.reply(reply), at: seconds + 0.3)
    add(.delivery(Event.Delivery(message: message, attempt: 1, status: 200)), at: seconds + 0.35)
  }

  mutating func fault(_ name: String, _ phase: Event.Fault.Phase, at seconds: Double) {
    add(.fault(Event.Fault(name: name, phase: phase)), at: seconds)
  }

  mutating func vendor(_ change: Event.VendorChange, at seconds: Double) {
    add(.vendor(change), at: seconds)
  }

  mutating func expect(line: Int, _ text: String, met: Bool, _ observed: String, at: Double) {
    let expectation = Event.Expectation(line: line, text: text, met: met, observed: observed)
    add(.expectation(expectation), at: at)
  }

  mutating func end(at seconds: Double) {
    add(.storyEnded, at: seconds)
  }
}
