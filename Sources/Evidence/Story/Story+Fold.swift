import Secrets
import Worlds

extension Story {
  mutating func index(_ facts: Facts) {
    for person in facts.people { people[person.id] = person }
    for conversation in facts.conversations { conversations[conversation.id] = conversation }
    for base in facts.knowledge { knowledge["\(base.tenant)/\(base.id)"] = base }
  }

  mutating func take(_ event: Event, _ faults: inout DisturbanceFold) {
    func occurrence<Payload>(_ payload: Payload) -> Occurrence<Payload> {
      Occurrence(event: event.id, at: event.at, of: payload)
    }
    switch event.kind {
    case .keyCreated(let created): keys.created(occurrence(created))
    case .keyEnded(let ended): keys.ended(occurrence(ended))
    case .adminAction(let action): keys.acted(occurrence(action))
    case .providerCall(let call): take(occurrence(call))
    case .messageSent(let message): take(occurrence(message))
    case .delivery(let delivery):
      if let index = messageByID[delivery.message] {
        messages[index].deliveries.append(occurrence(delivery))
      }
    case .reply(let reply):
      replies.append(Reply(event: event.id, at: event.at, of: reply))
    case .secretAccess(let access): secretAccesses.append(occurrence(access))
    case .secretChanged(let change): take(occurrence(change))
    case .inspection(let inspection): inspections.append(occurrence(inspection))
    case .exchange(let exchange): exchanges.append(occurrence(exchange))
    case .sighting(let sighting): sightings.append(occurrence(sighting))
    case .searched(let searched): searches.append(occurrence(searched))
    case .personMoved(let move):
      moves[move.person, default: []].append((event.at, move.department))
    case .memberChanged(let change): memberChanges.append(occurrence(change))
    case .documentChanged(let change):
      documents[
        change.document,
        default: Document(
          id: change.document,
          knowledge: change.knowledge,
          tenant: change.tenant
        )
      ].changes.append(occurrence(change))
    case .vendor(let change):
      vendorChanges.append(occurrence(change))
      faults.vendor(change, at: event.at)
    case .fault(let fault): faults.fault(fault, at: event.at)
    case .impostor(let impostor):
      impostors.append(occurrence(impostor))
      if let index = messageByID[impostor.message] { messages[index].trick = impostor.trick }
    case .expectation(let expectation): expectations.append(occurrence(expectation))
    case .latencyPair(let pair): latencyPairs.append(occurrence(pair))
    case .latencyPlan(let plan): latencyPlans.append(occurrence(plan))
    case .latencySchedule(let schedule): latencySchedules.append(occurrence(schedule))
    case .ledgerRow(let row): ledger.append(occurrence(row))
    case .usageLine(let line): usageLines.append(occurrence(line))
    case .invoiceLine(let line): invoiceLines.append(occurrence(line))
    case .providerReport(let report): providerReports.append(occurrence(report))
    case .pairPlan(let plan): pairPlans.append(occurrence(plan))
    case .pairRow(let row): pairRows.append(occurrence(row))
    // What comes of a press is a message like others.
    case .buttonPressed: break
    case .storyEnded: endedAt = event.at
    }
  }

  /// To everybody who asks which key a customer has set, it is an installation: only the way to the
  /// vendor is another.
  private mutating func take(_ change: Occurrence<Event.SecretChanged>) {
    secretChanges.append(change)
    keys.acted(
      Occurrence(
        event: change.event,
        at: change.at,
        of: Event.AdminAction(
          tenant: change.of.tenant,
          verb: .installKey,
          key: change.of.key,
          providerHost: change.of.providerHost,
          submittedAt: change.at,
          status: 200,
          afterOrder: change.of.afterOrder
        )
      )
    )
  }

  private mutating func take(_ message: Occurrence<Event.MessageSent>) {
    messageByID[message.of.message] = messages.count
    messagesByQuestion[message.of.questionCanary, default: []].append(messages.count)
    messages.append(Message(event: message.event, sentAt: message.at, of: message.of))
  }

  private mutating func take(_ call: Occurrence<Event.ProviderCall>) {
    if let completion = call.of.completionCanary { callByCompletion[completion] = calls.count }
    calls.append(Call(event: call.event, at: call.at, of: call.of))
  }

  mutating func link(replyAt index: Int) {
    guard let id = replies[index].of.message, let message = messageByID[id] else { return }
    replies[index].message = message
    guard replies[index].of.nature != .partial else { return }
    messages[message].replies.append(index)
  }
}

/// Collects when something was wrong with the world.
struct DisturbanceFold {
  /// When the network made copies of requests to providers.
  private(set) var duplications: [Story.Disturbance] = []
  private var open: [String: Timestamp] = [:]
  private var closed: [Story.Disturbance] = []

  mutating func vendor(_ change: Event.VendorChange, at moment: Timestamp) {
    switch change {
    case .started: end("vendor", at: moment)
    case .stopped, .crashed: begin("vendor", at: moment)
    }
  }

  mutating func fault(_ fault: Event.Fault, at moment: Timestamp) {
    switch fault.phase {
    case .began: begin("fault " + fault.name, at: moment)
    case .ended: end("fault " + fault.name, at: moment)
    case .struck: break
    }
  }

  private mutating func begin(_ name: String, at moment: Timestamp) {
    if open[name] == nil { open[name] = moment }
  }

  private mutating func end(_ name: String, at moment: Timestamp) {
    guard let from = open.removeValue(forKey: name) else { return }
    closed.append(Story.Disturbance(from: from, until: moment))
    if name.hasPrefix("fault duplication") {
      duplications.append(Story.Disturbance(from: from, until: moment))
    }
  }

  func joined() -> [Story.Disturbance] {
    let all = closed + open.values.map { Story.Disturbance(from: $0, until: nil) }
    var joined: [Story.Disturbance] = []
    for next in all.sorted(by: { $0.from < $1.from }) {
      guard let last = joined.last else {
        joined.append(next)
        continue
      }
      guard let end = last.until else { break }
      if next.from > end {
        joined.append(next)
      } else if let until = next.until {
        joined[joined.count - 1].until = Swift.max(end, until)
      } else {
        joined[joined.count - 1].until = nil
      }
    }
    return joined
  }
}
