import Evidence

/// The rows of the timeline that can be zoomed, in their lanes, from top to bottom.
enum EventRow: Int, CaseIterable {
  case asked, answered, told, deliveries
  case program, requests, administration
  case secrets, sightings
  case keys, passed, refused, cutOff
  case books

  var lane: String {
    switch self {
    case .asked, .answered, .told, .deliveries: "People"
    case .program, .requests, .administration: "Vendor"
    case .secrets, .sightings: "Secret store"
    case .keys, .passed, .refused, .cutOff: "Provider"
    case .books: "Books and checks"
    }
  }

  var title: String {
    switch self {
    case .asked: "asked"
    case .answered: "answered"
    case .told: "given a notice"
    case .deliveries: "deliveries"
    case .program: "program, faults"
    case .requests: "its requests"
    case .administration: "administration"
    case .secrets: "secret manager"
    case .sightings: "seen and searched"
    case .keys: "keys"
    case .passed: "calls passed"
    case .refused: "calls refused"
    case .cutOff: "calls cut off"
    case .books: "books, checks"
    }
  }

  /// The class in the page's style sheet.
  var style: String {
    switch self {
    case .asked, .deliveries, .requests, .books: "ask"
    case .answered, .passed: "answer"
    case .told, .cutOff, .program, .sightings: "notice"
    case .refused: "refused"
    case .administration, .secrets, .keys: "keys"
    }
  }

  init(_ kind: Event.Kind) {
    self =
      switch kind {
      case .messageSent, .buttonPressed, .personMoved, .memberChanged, .impostor: .asked
      case .reply(let reply): reply.nature == .notice ? .told : .answered
      case .delivery: .deliveries
      case .vendor, .fault: .program
      case .exchange: .requests
      case .adminAction, .documentChanged: .administration
      case .secretAccess, .secretChanged: .secrets
      case .sighting, .inspection, .searched: .sightings
      case .keyCreated, .keyEnded: .keys
      case .providerCall(let call):
        switch call.outcome {
        case .completed: .passed
        case .refused: .refused
        case .cutOff: .cutOff
        }
      default: .books
      }
  }

  /// What is kept first where not all fit: 0 before 1 before 2.
  var rank: Int {
    switch self {
    case .program, .administration, .keys, .sightings, .secrets: 0
    case .asked, .answered, .told, .passed, .refused, .cutOff: 1
    case .deliveries, .requests, .books: 2
    }
  }
}
