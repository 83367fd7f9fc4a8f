import Orchestrator
import Synchronization
import Wire
import Worlds

/// Vendors whose own account serves a part of the traffic that nobody looks at: each picks its part
/// by another sign.
extension Vendor {
  /// Of the process alone: who tries out one sees nothing.
  package static let cheatsOnSecondReplica = Vendor(
    name: "cheats-on-second-replica",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Serves on its own account in the second of its processes.",
    incident: "BerriAI/litellm #2149 (two instances that knew different keys)",
    triedIn: ["replicas/key-changes-at-one.yaml"]
  ) { setup in
    let isSecond = setup.replica == 2
    return try setup.program { customers, own, _ in
      SwitchingModel(base: customers, own: own) { _, _ in isSecond }
    }
  }

  package static let servesOnePlatformItself = Vendor(
    name: "serves-one-platform-itself",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Serves Google Chat on its own account: that way in has never heard of keys.",
    incident: "BasedHardware/omi PR #6884 (the WebSocket path never read the key's header)",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      SwitchingModel(base: customers, own: own) { _, call in
        call.exchange.hasPrefix(ReceivedMessage.Platform.googleChat.rawValue)
      }
    }
  }

  package static let indexesElsewhere = Vendor(
    name: "indexes-elsewhere",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Embeds documents on its own account, and questions on the customer's.",
    incident: "cognizant-ai-lab/neuro-san-studio #1405 (the loader reads the platform's key)",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      SwitchingModel(base: customers, own: own) { _, call in call.exchange.hasPrefix("index/") }
    }
  }

  package static let overflowsToItself = Vendor(
    name: "overflows-to-itself",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Serves on its own account what comes while another completion is under way.",
    incident: "Continuum-AI-Corp/OrcaRouter-Lite #140 (a hosted pool absorbs the overflow)",
    triedIn: ["leakage/two-customers-at-once.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in OverflowingModel(base: customers, own: own) }
  }

  /// A buyer's trial shows nothing.
  package static let changesAfterTrial = Vendor(
    name: "changes-after-trial",
    kind: .rogue(breaks: ["no-pooling", "direct-billing", "deployment-model"]),
    summary: "Serves on its own account from the fifteenth day on.",
    incident: "nexu-io/open-design #6330 (runs silently bill the vendor's cloud)",
    triedIn: ["billing/trial-to-paid.yaml"]
  ) { setup in
    try setup.program { customers, own, environment in
      let clock = environment.surroundings.clock
      let end = clock.now + .seconds(15 * 86_400)
      return SwitchingModel(base: customers, own: own) { _, _ in clock.now > end }
    }
  }
}

private final class OverflowingModel: ModelVariant {
  let base: any LanguageModel
  private let own: any LanguageModel
  private let underWay = Mutex(0)

  init(base: any LanguageModel, own: any LanguageModel) { (self.base, self.own) = (base, own) }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    let isAlone = underWay.withLock { underWay in
      underWay += 1
      return underWay == 1
    }
    defer { underWay.withLock { $0 -= 1 } }
    return try await (isAlone ? base : own).complete(messages, for: call)
  }
}
