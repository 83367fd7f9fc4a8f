import Worlds

/// An event reads as `{"id":1,"at":…,"kind":"providerCall","of":{…}}`: flatter than Swift's own
/// nesting of enums, and the same in both directions.
extension Event: Codable {
  private enum CodingKeys: String, CodingKey {
    case id
    case at
    case kind
    case of
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Int.self, forKey: .id)
    at = try container.decode(Timestamp.self, forKey: .at)
    let name = try container.decode(Name.self, forKey: .kind)
    func payload<Payload: Decodable>() throws -> Payload {
      try container.decode(Payload.self, forKey: .of)
    }
    kind =
      switch name {
      case .keyCreated: .keyCreated(try payload())
      case .keyEnded: .keyEnded(try payload())
      case .adminAction: .adminAction(try payload())
      case .providerCall: .providerCall(try payload())
      case .messageSent: .messageSent(try payload())
      case .delivery: .delivery(try payload())
      case .reply: .reply(try payload())
      case .secretAccess: .secretAccess(try payload())
      case .secretChanged: .secretChanged(try payload())
      case .inspection: .inspection(try payload())
      case .exchange: .exchange(try payload())
      case .sighting: .sighting(try payload())
      case .searched: .searched(try payload())
      case .personMoved: .personMoved(try payload())
      case .memberChanged: .memberChanged(try payload())
      case .documentChanged: .documentChanged(try payload())
      case .vendor: .vendor(try payload())
      case .fault: .fault(try payload())
      case .impostor: .impostor(try payload())
      case .buttonPressed: .buttonPressed(try payload())
      case .expectation: .expectation(try payload())
      case .latencyPair: .latencyPair(try payload())
      case .latencyPlan: .latencyPlan(try payload())
      case .latencySchedule: .latencySchedule(try payload())
      case .ledgerRow: .ledgerRow(try payload())
      case .usageLine: .usageLine(try payload())
      case .invoiceLine: .invoiceLine(try payload())
      case .providerReport: .providerReport(try payload())
      case .pairPlan: .pairPlan(try payload())
      case .pairRow: .pairRow(try payload())
      case .storyEnded: .storyEnded
      }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(at, forKey: .at)
    func write(_ name: Name, _ payload: some Encodable) throws {
      try container.encode(name.rawValue, forKey: .kind)
      try container.encode(payload, forKey: .of)
    }
    switch kind {
    case .keyCreated(let payload): try write(.keyCreated, payload)
    case .keyEnded(let payload): try write(.keyEnded, payload)
    case .adminAction(let payload): try write(.adminAction, payload)
    case .providerCall(let payload): try write(.providerCall, payload)
    case .messageSent(let payload): try write(.messageSent, payload)
    case .delivery(let payload): try write(.delivery, payload)
    case .reply(let payload): try write(.reply, payload)
    case .secretAccess(let payload): try write(.secretAccess, payload)
    case .secretChanged(let payload): try write(.secretChanged, payload)
    case .inspection(let payload): try write(.inspection, payload)
    case .exchange(let payload): try write(.exchange, payload)
    case .sighting(let payload): try write(.sighting, payload)
    case .searched(let payload): try write(.searched, payload)
    case .personMoved(let payload): try write(.personMoved, payload)
    case .memberChanged(let payload): try write(.memberChanged, payload)
    case .documentChanged(let payload): try write(.documentChanged, payload)
    case .vendor(let payload): try write(.vendor, payload)
    case .fault(let payload): try write(.fault, payload)
    case .impostor(let payload): try write(.impostor, payload)
    case .buttonPressed(let payload): try write(.buttonPressed, payload)
    case .expectation(let payload): try write(.expectation, payload)
    case .latencyPair(let payload): try write(.latencyPair, payload)
    case .latencyPlan(let payload): try write(.latencyPlan, payload)
    case .latencySchedule(let payload): try write(.latencySchedule, payload)
    case .ledgerRow(let payload): try write(.ledgerRow, payload)
    case .usageLine(let payload): try write(.usageLine, payload)
    case .invoiceLine(let payload): try write(.invoiceLine, payload)
    case .providerReport(let payload): try write(.providerReport, payload)
    case .pairPlan(let payload): try write(.pairPlan, payload)
    case .pairRow(let payload): try write(.pairRow, payload)
    case .storyEnded: try container.encode(Name.storyEnded.rawValue, forKey: .kind)
    }
  }

  /// The names of the kinds in the evidence: part of its format.
  private enum Name: String, Decodable {
    case keyCreated
    case keyEnded
    case adminAction
    case providerCall
    case messageSent
    case delivery
    case reply
    case secretAccess
    case secretChanged
    case inspection
    case exchange
    case sighting
    case searched
    case personMoved
    case memberChanged
    case documentChanged
    case vendor
    case fault
    case impostor
    case buttonPressed
    case expectation
    case latencyPair
    case latencyPlan
    case latencySchedule
    case ledgerRow
    case usageLine
    case invoiceLine
    case providerReport
    case pairPlan
    case pairRow
    case storyEnded
  }
}
