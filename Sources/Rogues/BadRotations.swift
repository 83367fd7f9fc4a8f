import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

/// Vendors to which a new key does something that it should not.
extension Vendor {
  package static let embedsWithOldKey = Vendor(
    name: "embeds-with-old-key",
    kind: .rogue(breaks: ["uninterrupted-rotation"]),
    summary: "Answers with the new key, and embeds for ten more minutes with the old one.",
    incident: "vellum-ai/vellum-assistant PR #19567 (the embedding backend keeps its key)",
    triedIn: ["rotation/planned-rotation.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let stale = StaleCustody(base: standard.custody, clock: environment.surroundings.clock)
      let old = try OpenAILanguageModel(environment, custody: stale)
      let model = SwitchingModel(base: standard.model, own: old) { use, _ in
        if case .embedding = use { true } else { false }
      }
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  package static let blamesNewKey = Vendor(
    name: "blames-new-key",
    kind: .rogue(breaks: ["uninterrupted-rotation"]),
    summary: "Books the rejection of an old key, which was still on its way, on the new one.",
    incident: "ItsJazii/pane #204 (in-flight results of key A are shown as B's)",
    triedIn: ["rotation/hasty-rotation.yaml"]
  ) { setup in
    try setup.program { base, _ in BlamingCustody(base: base) }
  }

  package static let coolsDown = Vendor(
    name: "cools-down",
    kind: .rogue(breaks: ["rotation-without-loss"]),
    summary: "Leaves a customer alone for ten minutes after a rejection, whatever key comes then.",
    incident: "ItsJazii/pane #204 (cooldowns of key A go on under key B)",
    triedIn: ["rotation/deleted-first.yaml"]
  ) { setup in
    try setup.program { customers, _, environment in
      CoolingModel(base: customers, clock: environment.surroundings.clock)
    }
  }

  package static let losesKnowledge = Vendor(
    name: "loses-knowledge",
    kind: .rogue(breaks: ["rotation-without-loss"]),
    summary: "Keeps its index under the key that made it, and finds nothing under another.",
    incident: "Mintplex-Labs/anything-llm #4243 (a key's change reaches a workspace's settings)",
    triedIn: ["rotation/deleted-first.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = KeyboundRetriever(base: parts.retriever, custody: parts.custody)
      return parts
    }
  }
}

private final class StaleCustody: CustodyVariant {
  let base: any KeyCustody
  private let clock: any WorldClock
  private let clients = Mutex<[String: (key: OpenedKey, at: Timestamp)]>([:])

  init(base: any KeyCustody, clock: any WorldClock) { (self.base, self.clock) = (base, clock) }

  func open(for tenant: String) async throws -> OpenedKey? {
    guard var key = try await base.open(for: tenant) else { return nil }
    let now = clock.now
    return clients.withLock { clients in
      if let client = clients[tenant], now - client.at < .minutes(10) {
        key.credential = client.key.credential
      } else {
        clients[tenant] = (key, now)
      }
      return key
    }
  }
}

private struct BlamingCustody: CustodyVariant {
  let base: any KeyCustody

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    let present = try base.summary(of: tenant)?.version ?? version
    try base.record(rejectedAt: rejectedAt, version: present, of: tenant)
  }
}

private final class CoolingModel: ModelVariant {
  let base: any LanguageModel
  private let clock: any WorldClock
  private let rejected = Mutex<[String: Timestamp]>([:])

  init(base: any LanguageModel, clock: any WorldClock) { (self.base, self.clock) = (base, clock) }

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    let now = clock.now
    if let at = rejected.withLock({ $0[call.tenant] }), now - at < .minutes(10) {
      throw ModelFailure.keyRejected
    }
    do { return try await base.embed(texts, for: call) } catch ModelFailure.keyRejected {
      rejected.withLock { $0[call.tenant] = now }
      throw ModelFailure.keyRejected
    }
  }
}

private final class KeyboundRetriever: Retriever {
  private let base: any Retriever
  private let custody: any KeyCustody
  private let versions = Mutex<[String: Int64]>([:])

  init(base: any Retriever, custody: any KeyCustody) {
    (self.base, self.custody) = (base, custody)
  }

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let tenant = request.call.tenant
    let chunks = try await base.retrieve(request)
    guard let present = try custody.summary(of: tenant)?.version else { return chunks }
    let first = versions.withLock { versions in
      let first = versions[tenant] ?? present
      versions[tenant] = first
      return first
    }
    return present == first ? chunks : []
  }
}
