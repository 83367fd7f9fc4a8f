import Secrets
import Worlds

/// What is in store for one call, decided when its request was read.
struct CallPlan: Sendable {
  /// Strike in this order.
  var effects: [FaultEffect] = []
  var reply: ScriptedReply?

  static let none = CallPlan()
}

/// A behaviour in force, with what its rules have done so far.
struct BehaviourState: Sendable {
  let behaviour: ProviderBehaviour
  var limiter: RateLimiter
  private var matched: [Int]
  private var struck: [Int]
  private var given: [Int]
  private var occurrences = OccurrenceCounter()

  init(_ behaviour: ProviderBehaviour) {
    self.behaviour = behaviour
    limiter = RateLimiter(behaviour.rateLimits)
    matched = Array(repeating: 0, count: behaviour.faults.count)
    struck = matched
    given = Array(repeating: 0, count: behaviour.script.count)
  }

  var isEmpty: Bool { behaviour.faults.isEmpty && behaviour.script.isEmpty }

  mutating func plan(
    for call: CallFacts,
    fingerprinter: Fingerprinter?,
    randomness: Randomness
  ) -> CallPlan {
    var plan = CallPlan()
    for (index, rule) in behaviour.faults.enumerated()
    where rule.match.captures(in: call, fingerprinter: fingerprinter) != nil {
      matched[index] += 1
      guard matched[index] > rule.skip, struck[index] < rule.times ?? .max else { continue }
      if rule.chance < 1, !chance(rule, call, randomness) { continue }
      struck[index] += 1
      plan.effects.append(rule.effect)
    }
    for (index, answer) in behaviour.script.enumerated() {
      guard given[index] < answer.times ?? .max,
        var values = answer.match.captures(in: call, fingerprinter: fingerprinter)
      else { continue }
      given[index] += 1
      values["text"] = values["text"] ?? call.question
      values["model"] = values["model"] ?? call.model
      values["count"] = values["count"] ?? String(given[index])
      plan.reply = ScriptedReply(answer, values)
      break
    }
    return plan
  }

  /// Keyed by what the call says, so that one call more elsewhere changes nothing here.
  private mutating func chance(
    _ rule: FaultRule,
    _ call: CallFacts,
    _ randomness: Randomness
  ) -> Bool {
    let digest = ContentDigest("\(rule.name)\n\(call.path)\n\(call.prompt)")
    let ordinal = occurrences.next(digest)
    var generator = randomness.generator("fault/\(digest)/\(ordinal)")
    return generator.unit() < rule.chance
  }
}
