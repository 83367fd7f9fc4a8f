import Worlds
import Yams

/// What can only be seen over the whole timeline: keys that do not exist yet, and steps that can
/// show nothing.
struct TimelineChecks {
  let reporter: Reporter
  let names: Names

  static let mostMessages: Int64 = 200_000

  func check(_ timeline: [PlacedStep]) {
    checkKeys(timeline)
    checkExpectedKeys(timeline)
    checkMembers(timeline)
    checkFaults(timeline)
    checkRepeatedDeliveries(timeline)
    checkNumber(timeline)
  }

  private func checkKeys(_ timeline: [PlacedStep]) {
    var issued: [String: [String]] = [:]
    var deleted: [String: [String]] = [:]
    var later: [String: [String]] = [:]
    for tenant in names.world.tenants where tenant.keyInstalled && !tenant.beginsOnAzure {
      issued[tenant.id] = ["first"]
    }
    for entry in timeline {
      if case .createKey(let tenant, let key) = entry.step.action {
        later[tenant, default: []].append(key)
      }
    }
    for entry in timeline {
      switch entry.step.action {
      case .createKey(let tenant, let key):
        if issued[tenant, default: []].contains(key) {
          reporter.error("'\(tenant)' has a key '\(key)' already", at: place(entry, "create-key"))
        }
        issued[tenant, default: []].append(key)
      case .installKey(let tenant, .named(let key)):
        let place = place(entry, "install-key")
        _ = isIssued(key, issued[tenant, default: []], later[tenant, default: []], at: place)
      case .changeSecret(let tenant, let key):
        let place = place(entry, "change-secret")
        _ = isIssued(key, issued[tenant, default: []], later[tenant, default: []], at: place)
      case .deleteKey(let tenant, let key?):
        let place = place(entry, "delete-key")
        guard isIssued(key, issued[tenant, default: []], later[tenant, default: []], at: place)
        else { continue }
        if deleted[tenant, default: []].contains(key) {
          reporter.error("the key '\(key)' of '\(tenant)' is deleted already", at: place)
        }
        deleted[tenant, default: []].append(key)
      default:
        continue
      }
    }
  }

  private func isIssued(_ key: String, _ issued: [String], _ later: [String], at node: Node) -> Bool
  {
    if issued.contains(key) { return true }
    if later.contains(key) {
      reporter.error("the key '\(key)' is created only later", at: node)
    } else {
      reporter.unknown(key, kind: "key", among: issued, at: node)
    }
    return false
  }

  private func place(_ entry: PlacedStep, _ action: String) -> Node {
    entry.node.value(of: action)?.value(of: "key") ?? entry.node
  }

  /// A fault that begins after the last message, or ends before the first, strikes nobody.
  private func checkFaults(_ timeline: [PlacedStep]) {
    let traffic = timeline.compactMap { activity($0.step) }
    for entry in timeline {
      guard case .fault(let fault) = entry.step.action, case .at(let begins) = entry.step.timing
      else { continue }
      // An answer may still be on its way when the fault begins.
      let window = (begins - .seconds(60))...(begins + fault.lasting)
      if !traffic.contains(where: { $0.overlaps(window) }) {
        reporter.warning("nobody asks anything while this fault lasts", at: entry.node)
      }
    }
  }

  private func activity(_ step: Step) -> ClosedRange<Duration>? {
    switch step.action {
    case .ask, .impostor, .installKey, .addDocument, .compareLatency, .deliverAgain, .press: break
    default: return nil
    }
    switch step.timing {
    case .at(let moment): return moment...moment
    case .every(_, let from, let until): return until > from ? from...until : nil
    }
  }

  private func checkRepeatedDeliveries(_ timeline: [PlacedStep]) {
    var asked: Set<String> = []
    for entry in timeline {
      switch entry.step.action {
      case .ask(let ask):
        asked.formUnion(ask.people)
      case .impostor(let ask) where ask.trick == "genuine":
        asked.insert(ask.person)
      case .deliverAgain(let person) where !asked.contains(person):
        reporter.warning("'\(person)' has asked nothing that could be repeated", at: entry.node)
      case .press(let press) where !asked.contains(press.asker):
        reporter.warning("'\(press.asker)' has got no answer with buttons by then", at: entry.node)
      default:
        continue
      }
    }
  }

  private func checkNumber(_ timeline: [PlacedStep]) {
    var messages: Int64 = 0
    for entry in timeline {
      switch entry.step.timing {
      case .at:
        messages += Int64(max(1, entry.step.messages))
      case .every(let interval, let from, let until):
        let times = max(0, (until - from).nanoseconds / interval.nanoseconds)
        messages += max(times, Int64(entry.step.messages))
      }
      if messages > Self.mostMessages {
        reporter.error("a story has at most \(Self.mostMessages) steps in all", at: entry.node)
        return
      }
    }
  }
}
