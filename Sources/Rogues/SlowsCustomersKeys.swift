import Orchestrator
import Wire
import Worlds

/// Vendors that are slower on a customer's key than on their own; their own house stands last in
/// the configuration.
extension Vendor {
  package static let queuesCustomersKeys = Vendor(
    name: "queues-customers-keys",
    kind: .rogue(breaks: ["latency-neutrality"]),
    summary: "Lets calls on customers' keys wait for forty milliseconds, and none of its own.",
    incident: "lanes of gateways that serve a house's own traffic first (warpdotdev/warp #8077)",
    triedIn: ["latency/customer-key-against-vendor-key.yaml"]
  ) { setup in
    let own = setup.configuration.tenants.last?.id
    return try setup.program { customers, _, environment in
      UnequalModel(base: customers, own: own, clock: environment.surroundings.clock, note: "")
    }
  }

  package static let lengthensCustomersPrompts = Vendor(
    name: "lengthens-customers-prompts",
    kind: .rogue(breaks: ["latency-neutrality"]),
    summary: "Adds a paragraph to each prompt that a customer's key pays for.",
    incident: "weave-os/router PR #863 (prompts of customers' keys go through another step)",
    triedIn: ["latency/customer-key-against-vendor-key.yaml"]
  ) { setup in
    let own = setup.configuration.tenants.last?.id
    return try setup.program { customers, _, _ in
      UnequalModel(base: customers, own: own, clock: nil, note: "Mind the rules of the house. ")
    }
  }
}

private struct UnequalModel: ModelVariant {
  let base: any LanguageModel
  let own: String?
  let clock: (any WorldClock)?
  let note: String

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    guard call.tenant != own else { return try await base.complete(messages, for: call) }
    try await clock?.sleep(for: .milliseconds(40))
    var messages = messages
    messages[0].content = note + messages[0].content
    return try await base.complete(messages, for: call)
  }
}
