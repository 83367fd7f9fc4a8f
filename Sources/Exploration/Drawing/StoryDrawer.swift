import ScenarioFiles
import Worlds

/// Draws a story from a seed: the same seed, the same story. It is valid by construction, and says
/// what follows from it and nothing else (`Promises`).
package struct StoryDrawer {
  private let folder: String

  /// - Parameter folder: where the story would stand as a file; its path is part of the randomness
  ///   that it is played with.
  package init(folder: String) {
    self.folder = folder
  }

  package func path(of seed: UInt64) -> String { "\(folder)/seed-\(seed).yaml" }

  package func draw(_ seed: UInt64) -> DrawnStory {
    let randomness = Randomness(seed: seed).scoped("exploration")
    let path = path(of: seed)
    var worlds = WorldDrawer(randomness)
    let world = worlds.draw(in: path)
    var timeline = TimelineDrawer(world, randomness)
    let steps = timeline.draw()
    var scenario = Scenario(
      file: path,
      title: "Seed \(seed)",
      about: "Drawn from seed \(seed) by keyproof explore.",
      shows: ["no-pooling"],
      family: "explored",
      world: world,
      timeline: steps
    )
    var dice = Dice(randomness, for: "pair")
    scenario.pair = Self.pair(in: world, &dice)
    if scenario.pair != nil { scenario.playsIn = .simulated }
    scenario = Promises(scenario).annotated
    return DrawnStory(
      seed: seed,
      scenario: scenario,
      options: Self.options(of: scenario, plots: timeline.plots)
    )
  }

  /// Few stories are played twice, since that costs twice as much.
  private static func pair(in world: WorldDescription, _ dice: inout Dice) -> Scenario.Pair? {
    guard dice.chance(12) else { return nil }
    let tenant = world.tenants[0]
    var secrets: [Scenario.Pair] = [
      .init(
        secret: .documents(knowledge: [Texts.bases[1]]),
        tenant: tenant.id,
        isAbsent: dice.chance(40)
      )
    ]
    // The mock makes up the values of Azure's keys, and no story says which.
    if tenant.azure == nil {
      if world.tenants.count > 1 { secrets.append(.init(secret: .customer, tenant: tenant.id)) }
      if tenant.deployment != .hosted { secrets.append(.init(secret: .key, tenant: tenant.id)) }
    }
    let pair = dice.one(of: secrets)
    // What guests may read everybody may.
    let isHidden = !tenant.guestKnowledge.contains(Texts.bases[1])
    if case .documents = pair.secret, !isHidden { return nil }
    if case .documents = pair.secret {
      return .init(
        secret: .documents(knowledge: hidden(in: tenant)),
        tenant: tenant.id,
        isAbsent: pair.isAbsent
      )
    }
    return pair
  }

  /// What the reader makes of the department `hr`: all that others may not read.
  private static func hidden(in tenant: WorldDescription.Tenant) -> [String] {
    let others = tenant.departments.filter { other in
      other.id != "hr" && tenant.people.contains { $0.department == other.id }
    }
    return tenant.departments[0].knowledge.filter { base in
      !tenant.guestKnowledge.contains(base)
        && (others.contains { !$0.knowledge.contains(base) }
          || tenant.people.contains(where: \.isGuest))
    }
  }

  private static func options(of scenario: Scenario, plots: [String]) -> [String] {
    let world = scenario.world
    var options = world.tenants.map { tenant in
      ([tenant.id, tenant.deployment.rawValue]
        + (tenant.azure == nil ? [] : [tenant.beginsOnAzure ? "on azure" : "with azure"])
        + (tenant.keyInstalled || tenant.deployment == .hosted ? [] : ["without a key"])
        + (tenant.streamsReplies ? ["streamed"] : [])
        + (tenant.departmentsAreGroups ? ["groups"] : [])
        + (tenant.forbidsQueryLogging ? ["by contract"] : [])
        + (tenant.rejectedKey.waitsFor == nil ? [] : ["waits"])
        + (tenant.rejectedKey.tells.map { ["tells \($0)"] } ?? [])
        + ["\(tenant.people.count) people", "\(tenant.conversations.count) conversations"])
        .joined(separator: " ")
    }
    options.append(world.secretManager.rawValue)
    if world.replicas > 1 { options.append("\(world.replicas) replicas") }
    if let rate = world.questionsAMinute { options.append("\(rate) questions a minute") }
    options.append("starts \(world.startsAt.iso8601)")
    if let pair = scenario.pair { options.append("pair of \(pair.secret.word)") }
    options += plots
    var counts: [(String, Int)] = []
    for step in scenario.timeline {
      let word = step.action.word
      if let index = counts.firstIndex(where: { $0.0 == word }) {
        counts[index].1 += 1
      } else {
        counts.append((word, 1))
      }
    }
    return options + counts.map { $0.1 == 1 ? $0.0 : "\($0.1) \($0.0)" }
  }
}

extension Scenario.Pair.Secret {
  fileprivate var word: String {
    switch self {
    case .documents: "documents"
    case .customer: "customer"
    case .key: "key"
    }
  }
}

extension Action {
  /// A word for it, as far as explored stories have it.
  var word: String {
    switch self {
    case .ask(let ask): ask.burst > 1 ? "burst" : "ask"
    case .createKey: "create-key"
    case .installKey: "install-key"
    case .removeKey: "remove-key"
    case .deleteKey: "delete-key"
    case .regenerateKey: "regenerate-key"
    case .changeSecret: "change-secret"
    case .inspect: "inspect"
    case .cancelSubscription: "cancel-subscription"
    case .movePerson: "move"
    case .setActive(_, let isActive): isActive ? "reactivate" : "deactivate"
    case .addDocument: "add-document"
    case .removeDocument: "remove-document"
    case .restartVendor: "restart-vendor"
    case .crashVendor: "crash-vendor"
    case .fault(let fault): "fault at the \(fault.place.rawValue)"
    case .impostor: "knock"
    case .press: "press"
    case .deliverAgain: "deliver-again"
    default: "other"
    }
  }
}
