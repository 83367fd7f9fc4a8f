package import Evidence
import Foundation
package import ScenarioFiles
import Secrets
import Worlds

/// One play of a pair.
struct PairSide: Sendable {
  let log = PairLog()
  /// Nil in the first play.
  var variation: SecretVariation?
}

/// A story played twice under one seed with nothing but a secret exchanged. The history is that of
/// the first play, and after its end it has what everybody saw in both.
package struct PairedPlay: Sendable {
  package let scenario: Scenario
  package let run: RunSettings

  package init(scenario: Scenario, run: RunSettings) {
    self.scenario = scenario
    self.run = run
  }

  /// Blocks the calling thread, which must be one of its own.
  ///
  /// - Throws: as `ScenarioPlayer.play`.
  package func play() throws -> History {
    guard let pair = scenario.pair else {
      return try ScenarioPlayer.play(scenario, in: .simulated, run: run)
    }
    let first = PairSide()
    var history = try play(first)
    let variation = SecretVariation(
      pair,
      firstKeys: first.log.keys,
      randomness: run.randomness.scoped(scenario.file),
      fingerprinter: run.fingerprinter
    )
    let second = PairSide(variation: variation)
    let other = try play(second)
    let plan = Event.PairPlan(
      secret: pair.secret.evidence,
      tenant: pair.tenant,
      knowledge: knowledge(of: pair),
      parts: variation.parts,
      firstUses: uses(in: history, pair),
      secondUses: uses(in: other, pair)
    )
    let rows = PairComparison(
      first: first.log.sights,
      second: second.log.sights,
      comparesMoments: variation.parts.allSatisfy { $0.first.bytes == $0.second?.bytes },
      run.keys
    ).rows
    history.append([.pairPlan(plan)] + rows.map { .pairRow($0) })
    return history
  }

  private func play(_ side: PairSide) throws -> History {
    var settings = run
    settings.pair = side
    return try ScenarioPlayer.play(scenario, in: .simulated, run: settings)
  }

  private func knowledge(of pair: Scenario.Pair) -> [String] {
    switch pair.secret {
    case .documents(let knowledge): return knowledge
    case .customer:
      let tenant = scenario.world.tenants.first { $0.id == pair.tenant }
      return tenant?.knowledge.map(\.id) ?? []
    case .key: return []
    }
  }

  /// Prompts with a document that is exchanged, or calls that were taken on a key that is.
  private func uses(in history: History, _ pair: Scenario.Pair) -> Int {
    let bases = knowledge(of: pair).map { "\(pair.tenant)/\($0)/" }
    var keys: Set<Fingerprint> = []
    return history.events.count { event in
      switch event.kind {
      case .keyCreated(let created):
        if created.owner == .tenant(pair.tenant) { keys.insert(created.key) }
        return false
      case .providerCall(let call):
        guard pair.secret != .key else {
          return call.succeeded && call.key.map(keys.contains) == true
        }
        return call.promptCanaries.contains { canary in bases.contains(where: canary.hasPrefix) }
      default: return false
      }
    }
  }
}

extension Scenario.Pair.Secret {
  fileprivate var evidence: Event.PairPlan.Secret {
    switch self {
    case .documents: .documents
    case .customer: .customer
    case .key: .key
    }
  }
}

extension History {
  /// As of the last moment.
  fileprivate mutating func append(_ kinds: [Event.Kind]) {
    let moment = events.last?.at ?? facts.startedAt
    for kind in kinds { events.append(Event(id: events.count + 1, at: moment, kind: kind)) }
  }
}
