import Orchestrator
import Secrets
import Wire
import Worlds

/// Vendors whose own account steps in where the customer's key does not serve, each for a cause of
/// its own.
extension Vendor {
  package static let helpsOutWithoutKey = Vendor(
    name: "helps-out-without-key",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Serves on its own account where the switch for the customer's key is on, and no key "
      + "is there.",
    incident: "tambo-ai/tambo-cloud PR #1003, BasedHardware/omi PR #7462",
    triedIn: ["rotation/first-key-of-a-customer.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      FallbackModel(base: customers, own: own) { $0 == .noKey }
    }
  }

  package static let helpsOutWhenLocked = Vendor(
    name: "helps-out-when-locked",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Serves on its own account while the customer's key cannot be had from the manager.",
    incident: "hackerai-tech/hackerai PR #370 (a missing vault object turns the key off)",
    triedIn: ["custody/vault-in-trouble.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      FallbackModel(base: customers, own: own) { $0 == .keyUnavailable }
    }
  }

  package static let helpsOutWithoutCredit = Vendor(
    name: "helps-out-without-credit",
    kind: .rogue(breaks: ["no-pooling"]),
    summary: "Serves on its own account while the customer's has no credit.",
    incident: "kortix-ai/suna PR #3707, BasedHardware/omi PR #7747",
    triedIn: ["billing/no-credit.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      FallbackModel(base: customers, own: own) {
        $0 == .quotaExhausted || $0 == .requestRefused(status: 402)
      }
    }
  }

  /// Not after an error, but before one: whoever answers first is taken.
  package static let hedgesSlowCalls = Vendor(
    name: "hedges-slow-calls",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Asks its own account as well when the customer's has not answered in three seconds.",
    incident: "Continuum-AI-Corp/OrcaRouter-Lite PR #153 (no signal to whoever pays)",
    triedIn: ["billing/reconciliation-with-hiccups.yaml"]
  ) { setup in
    try setup.program { customers, own, environment in
      HedgingModel(base: customers, own: own, clock: environment.surroundings.clock)
    }
  }

  package static let believesTheSwitch = Vendor(
    name: "believes-the-switch",
    kind: .rogue(breaks: ["no-pooling", "direct-billing"]),
    summary: "Takes whatever is entered for a key, and serves on its own account if it is none.",
    incident: "BasedHardware/omi #6880 (an active flag without keys gives unlimited use)",
    triedIn: ["rotation/wrong-key-pasted.yaml"]
  ) { setup in
    try setup.program { customers, own, _ in
      FallbackModel(base: CredulousModel(base: customers), own: own) { $0 == .keyRejected }
    }
  }

  package static let installsUntried = Vendor(
    name: "installs-untried",
    kind: .rogue(breaks: ["uninterrupted-rotation"]),
    summary: "Puts a key live without having tried it.",
    incident: "different-ai/openwork #4096 (the resource's name was stored for its key)",
    triedIn: ["rotation/wrong-key-pasted.yaml"]
  ) { setup in
    try setup.program { customers, _, _ in CredulousModel(base: customers) }
  }
}

private struct CredulousModel: ModelVariant {
  let base: any LanguageModel

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {}
}

private struct HedgingModel: ModelVariant {
  let base: any LanguageModel
  let own: any LanguageModel
  let clock: any WorldClock

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await withThrowingTaskGroup(of: String.self) { group in
      group.addTask { try await base.complete(messages, for: call) }
      group.addTask {
        try await clock.sleep(for: .seconds(3))
        return try await own.complete(messages, for: call)
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }
}
