import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

/// Vendors that let messages wait for the next key, and do not do what that asks of them.
extension Vendor {
  package static let letsWaitingMessagesRot = Vendor(
    name: "lets-waiting-messages-rot",
    kind: .rogue(breaks: ["instant-revocation", "rotation-without-loss"]),
    summary: "Forgets one in four of the messages of which it said that they wait.",
    incident: "BasedHardware/omi #7291 (what runs into a dead key comes to nothing, untold)",
    triedIn: ["revocation/messages-wait.yaml"]
  ) { setup in
    try setup.delayingWaitingMessages(by: .minutes(60 * 24 * 400), every: 4)
  }

  package static let wakesWaitingMessagesLate = Vendor(
    name: "wakes-waiting-messages-late",
    kind: .rogue(breaks: ["rotation-without-loss"]),
    summary: "Takes up a message that waited only two minutes after the next key was there.",
    incident: "ItsJazii/pane #204 (cooldowns of key A go on under key B)",
    triedIn: ["revocation/messages-wait.yaml"]
  ) { setup in
    try setup.delayingWaitingMessages(by: .minutes(2), every: 4)
  }

  package static let hammersWhileMessagesWait = Vendor(
    name: "hammers-while-messages-wait",
    kind: .rogue(breaks: ["no-calls-after-revocation"]),
    summary: "Tries the rejected key every five seconds while messages wait for another.",
    incident: "InsForge/InsForge #976 (each request tries the revoked key anew)",
    triedIn: ["revocation/one-try-a-minute.yaml"]
  ) { setup in
    var setup = setup
    setup.configuration.limits.rejectedKeyProbeSeconds = 5
    return try setup.program { try .standard($0) }
  }

  package static let helpsOutAfterTheWait = Vendor(
    name: "helps-out-after-the-wait",
    kind: .rogue(breaks: ["instant-revocation", "no-calls-after-revocation", "no-pooling"]),
    summary: "Answers on its own account what has waited for a key in vain.",
    incident: "kortix-ai/suna PR #3707 (the turn moves to a managed model)",
    triedIn: ["revocation/messages-wait-in-vain.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      ImpatientModel(base: customers, own: own)
    }
  }

  package static let waitsOutRotations = Vendor(
    name: "waits-out-rotations",
    kind: .rogue(breaks: ["uninterrupted-rotation"]),
    summary: "Lets messages wait for three minutes after a new key, as if the old one were dead.",
    incident: "api7/aisix #779 (the present client goes on until its time is over)",
    triedIn: ["rotation/nobody-waits.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = SettlingModel(
        base: standard.model,
        custody: standard.custody,
        clock: environment.surroundings.clock
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }
}

extension VendorSetup {
  /// The product, which sits on some of the messages that have waited.
  ///
  /// - Parameter count: one in so many.
  fileprivate func delayingWaitingMessages(by pause: Duration, every count: Int) throws -> Program {
    try program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = ReluctantRetriever(
        base: parts.retriever,
        clock: environment.surroundings.clock,
        pause: pause,
        every: count
      )
      return parts
    }
  }
}

private final class ReluctantRetriever: Retriever {
  private let base: any Retriever
  private let clock: any WorldClock
  private let pause: Duration
  private let every: Int
  /// What ran into a rejected key, in that order.
  private let rejected = Mutex<[String]>([])

  init(base: any Retriever, clock: any WorldClock, pause: Duration, every: Int) {
    (self.base, self.clock, self.pause, self.every) = (base, clock, pause, every)
  }

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let name = request.call.exchange
    if let index = rejected.withLock({ $0.firstIndex(of: name) }), index.isMultiple(of: every) {
      try await clock.sleep(for: pause)
    }
    do { return try await base.retrieve(request) } catch ModelFailure.keyRejected {
      rejected.withLock { if !$0.contains(name) { $0.append(name) } }
      throw ModelFailure.keyRejected
    }
  }
}

private final class ImpatientModel: ModelVariant {
  let base: any LanguageModel
  private let own: any LanguageModel
  private let rejected = Mutex<Set<String>>([])

  init(base: any LanguageModel, own: any LanguageModel) { (self.base, self.own) = (base, own) }

  private func model(for call: ModelCall) -> any LanguageModel {
    rejected.withLock { $0.contains(call.exchange) } ? own : base
  }

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do { return try await model(for: call).embed(texts, for: call) } catch ModelFailure.keyRejected
    {
      rejected.withLock { _ = $0.insert(call.exchange) }
      throw ModelFailure.keyRejected
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await model(for: call).complete(messages, for: call)
  }
}

private final class SettlingModel: ModelVariant {
  private typealias Known = (version: Int64, since: Timestamp?)
  let base: any LanguageModel
  private let custody: any KeyCustody
  private let clock: any WorldClock
  private let known = Mutex<[String: Known]>([:])

  init(base: any LanguageModel, custody: any KeyCustody, clock: any WorldClock) {
    (self.base, self.custody, self.clock) = (base, custody, clock)
  }

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    let version = try custody.summary(of: call.tenant)?.version ?? 0
    let now = clock.now
    let since = known.withLock { known in
      if let before = known[call.tenant], before.version != version {
        known[call.tenant] = (version, now)
      } else if known[call.tenant] == nil {
        known[call.tenant] = (version, nil)
      }
      return known[call.tenant]?.since
    }
    if let since, now - since < .minutes(3) {
      try await clock.sleep(for: .seconds(15))
      throw ModelFailure.keyRejected
    }
    return try await base.embed(texts, for: call)
  }
}
