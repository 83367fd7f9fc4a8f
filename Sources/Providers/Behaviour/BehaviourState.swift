import Secrets
import Worlds

/// What is in store for one call, decided when its request was read.
struct CallPlan: Sendable {
  /// Strike in this order.
  var effects: [FaultEffect] = []
  var reply: ScriptedReply?

  static let none = CallPlan()
}

/// Which rules and answers of a behaviour are for a call. Finding out takes as long as its texts
/// are, so it is done before anybody holds a lock.
struct BehaviourMatches: Sendable {
  fileprivate var faults: [Int] = []
  fileprivate var script: [(index: Int, captures: [String: String])] = []

  init(_ behaviour: ProviderBehaviour, for call: CallFacts, fingerprinter: Fingerprinter?) {
    for (index, rule) in behaviour.faults.enumerated()
    where rule.match.captures(in: call, fingerprinter: fingerprinter) != nil {
      faults.append(index)
    }
    for (index, answer) in behaviour.script.enumerated() {
      guard let captures = answer.match.captures(in: call, fingerprinter: fingerprinter) else {
        continue
      }
      script.append((index, captures))
      // What is given without end leaves nothing to those after it.
      if answer.times == nil { break }
    }
  }
}

/// A behaviour in force, with what its rules have done so far.
struct BehaviourState: Sendable {
  let behaviour: ProviderBehaviour
  /// Tells it from those that were in force before.
  let number: Int
  var limiter: RateLimiter
  private var matched: [Int]
  private var struck: [Int]
  private var given: [Int]
  private var occurrences = OccurrenceCounter()

  init(_ behaviour: ProviderBehaviour, number: Int = 0) {
    self.behaviour = behaviour
    self.number = number
    limiter = RateLimiter(behaviour.rateLimits)
    matched = Array(repeating: 0, count: behaviour.faults.count)
    struck = matched
    given = Array(repeating: 0, count: behaviour.script.count)
  }

  /// The behaviour, when it has anything that calls are held against.
  var ruled: ProviderBehaviour? {
    behaviour.faults.isEmpty && behaviour.script.isEmpty ? nil : behaviour
  }

  /// - Parameter matches: of this behaviour.
  mutating func plan(
    for call: CallFacts,
    _ matches: BehaviourMatches,
    randomness: Randomness
  ) -> CallPlan {
    var plan = CallPlan()
    for index in matches.faults {
      let rule = behaviour.faults[index]
      matched[index] += 1
      guard matched[index] > rule.skip, struck[index] < rule.times ?? .max else { continue }
      if rule.chance < 1, !chance(rule, call, randomness) { continue }
      struck[index] += 1
      plan.effects.append(rule.effect)
    }
    for (index, captures) in matches.script {
      let answer = behaviour.script[index]
      guard given[index] < answer.times ?? .max else { continue }
      given[index] += 1
      var values = captures
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
