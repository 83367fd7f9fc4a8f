import Evidence
import Worlds

/// Says an event in a few words, with keys by the names that the story gives them.
struct EventWords {
  private let keyNames: [String: String]

  init(history: History) {
    var names: [String: String] = [:]
    for event in history.events {
      guard case .keyCreated(let created) = event.kind else { continue }
      names["\(created.key)"] = created.name
    }
    keyNames = names
  }

  func key(_ fingerprint: String) -> String {
    let short = fingerprint.prefix(6)
    return keyNames[fingerprint].map { "key \($0) (\(short))" } ?? "unknown key \(short)"
  }

  /// The story's name alone, for a label in a drawing.
  func keyLabel(_ fingerprint: String) -> String {
    keyNames[fingerprint] ?? "unknown \(fingerprint.prefix(6))"
  }

  func words(for event: Event) -> String {
    switch event.kind {
    case .keyCreated(let it): "\(key("\(it.key)")) created at \(it.providerHost)"
    case .keyEnded(let it): "\(key("\(it.key)")) deleted at the provider"
    case .adminAction(let it): words(for: it)
    case .providerCall(let it): words(for: it)
    case .messageSent(let it): "\(it.person) of \(it.tenant) writes \(it.message)"
    case .delivery(let it):
      "delivery \(it.attempt) of \(it.message): "
        + (it.status == 0 ? "no answer" : "status \(it.status)")
    case .reply(let it): words(for: it)
    case .exchange(let it):
      "the vendor sends \(it.method) \(it.host)\(it.path)"
        + (it.key.map { " with \(key("\($0)"))" } ?? "")
        + (it.status == 0 ? ": no response" : ": status \(it.status)")
    case .secretAccess(let it):
      "\(it.principal ?? "somebody unknown") asks the secret manager: \(it.operation.rawValue) "
        + "\(it.secret)" + (it.key.map { " (\(key("\($0)")))" } ?? "") + ": status \(it.status)"
    case .secretChanged(let it):
      "\(it.tenant) puts \(key("\(it.key)")) into the secret manager, past the vendor"
    case .inspection(let it): words(for: it)
    case .sighting(let it): words(for: it)
    case .searched(let it):
      "\(it.surface.words) searched: \(Words.count(it.items, "item", "items")), "
        + Words.count(it.bytes, "byte", "bytes")
    case .personMoved(let it) where it.department == Event.PersonMoved.nowhere:
      "\(it.person) is deactivated in the directory"
    case .memberChanged(let it):
      "\(it.person) \(it.isMember ? "is added to" : "is removed from") \(it.conversation)"
    case .personMoved(let it): "\(it.person) moves to \(it.department)"
    case .documentChanged(let it):
      "document \(it.document) \(it.change.rawValue) in \(it.knowledge) of \(it.tenant)"
    case .vendor(let change): "the vendor's program \(change.words)"
    case .fault(let it): "fault “\(it.name)” \(it.phase.rawValue)"
    case .impostor(let it):
      "caller “\(it.trick.rawValue)” at the vendor's door: status \(it.status)"
    case .buttonPressed(let it):
      "\(it.person) presses “\(it.button)” under the answer to \(it.message ?? "nothing")"
        + (it.taken ? "" : ", in vain")
    case .expectation(let it):
      "expectation of line \(it.line), \(it.text): \(it.met ? "met" : "not met")"
    case .latencyPair(let it):
      "pair \(it.index) (\(it.comparison.rawValue)): \(Words.elapsed(it.subject.overhead)) "
        + "against \(Words.elapsed(it.control.overhead))"
    case .latencyPlan(let it):
      "latency comparison of \(it.minimumPairs) to \(it.maximumPairs) pairs"
    case .latencySchedule(let it):
      "\(Words.count(it.arrivals.count, "question", "questions")) scheduled, "
        + "\(it.beside.count) of others beside"
    case .ledgerRow(let it):
      "the provider's books: \(key("\(it.key)")), \(it.endpoint), "
        + Words.count(it.calls, "call", "calls")
    case .usageLine(let it):
      "the vendor's usage page for \(it.tenant): \(it.model), "
        + Words.count(it.calls, "call", "calls")
    case .invoiceLine(let it):
      "the vendor's invoice \(it.period) for \(it.tenant): \(it.item), \(it.cents) cents"
    case .providerReport(let it):
      "the provider's \(it.source.rawValue) API for \(key("\(it.key)")): \(it.item)"
    case .pairPlan(let it):
      "the story is played again with other values of "
        + "\(Words.count(it.parts.count, "text or key", "texts and keys")) of \(it.tenant)"
    case .pairRow(let it):
      "\(it.kind.rawValue) \(it.number) about \(it.subject), seen in both plays: "
        + "\(side(it.first)) and \(side(it.second))"
    case .storyEnded: "the story is over"
    }
  }

  private func side(_ side: Event.PairRow.Side?) -> String {
    side.map { "\($0.digest) at \(Words.elapsed(.nanoseconds($0.nanoseconds)))" } ?? "nothing"
  }

  private func words(for action: Event.AdminAction) -> String {
    let what =
      switch action.verb {
      case .installKey: "sets"
      case .installStandby: "hands over as a standby"
      case .checkKey: "checks"
      case .removeKey: "removes"
      case .uploadDocument: "uploads a document"
      case .removeDocument: "removes a document"
      case .startSubscription: "begins the subscription"
      case .cancelSubscription: "cancels the subscription"
      }
    let object: String
    switch action.verb {
    case .installKey, .installStandby, .checkKey, .removeKey:
      object = action.key.map { " " + key("\($0)") } ?? " the key"
    case .uploadDocument, .removeDocument, .startSubscription, .cancelSubscription:
      object = ""
    }
    let answer = action.succeeded ? "accepted" : "refused"
    return "the administrator of \(action.tenant) \(what)\(object): "
      + (action.status == 0 ? "no answer" : "\(answer) (\(action.status))")
  }

  private func words(for inspection: Event.Inspection) -> String {
    let found =
      inspection.shown.isEmpty
      ? "no key"
      : inspection.shown.map { "\(key("\($0.key)")) (\($0.encoding))" }.joined(separator: ", ")
    return "an engineer of \(inspection.tenant)'s deployment looks at \(inspection.tool.rawValue), "
      + "\(inspection.place): " + (inspection.answered ? "shows \(found)" : "no answer")
  }

  private func words(for call: Event.ProviderCall) -> String {
    let credential = call.key.map { key("\($0)") } ?? "no key"
    let outcome =
      switch call.outcome {
      case .completed: "completed (\(call.status))"
      case .cutOff: "cut off (\(call.status))"
      case .refused: "refused (\(call.status)\(call.errorCode.map { ", \($0)" } ?? ""))"
      }
    return "call \(call.order) to \(call.endpoint) with \(credential): \(outcome)"
  }

  private func words(for reply: Event.Reply) -> String {
    let target = reply.message ?? "no message"
    switch reply.nature {
    case .answer: return "answer to \(target) in \(reply.conversation)"
    case .partial: return "part of an answer to \(target) in \(reply.conversation)"
    case .notice:
      let words = reply.words.map { ": “\(PlainText.line($0, limit: 160))”" } ?? ""
      return "notice to \(target) in \(reply.conversation)\(words)"
    }
  }

  private func words(for sighting: Event.Sighting) -> String {
    let subject =
      switch sighting.subject {
      case .key(let fingerprint): key("\(fingerprint)")
      case .canary(let id): "canary \(id)"
      }
    return "\(subject) seen in \(sighting.surface.words), \(sighting.place) (\(sighting.encoding))"
  }
}

extension Event.Surface {
  var words: String {
    switch self {
    case .storage: "the vendor's storage"
    case .log: "the vendor's log"
    case .reply: "a reply"
    case .adminResponse: "a response of the admin API"
    case .environment: "the environment of the process"
    case .arguments: "the arguments of the process"
    case .output: "what the process wrote"
    case .deliveryResponse: "a response to a delivery"
    case .metrics: "an endpoint for operators"
    case .request: "a request of the vendor"
    }
  }
}

extension Event.VendorChange {
  fileprivate var words: String {
    switch self {
    case .started: "starts"
    case .stopped: "stops"
    case .crashed: "crashes"
    }
  }
}
