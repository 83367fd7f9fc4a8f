import HTTPTypes
import Hummingbird
import Logging
import Orchestrator
import Secrets
import Synchronization
import Wire
import Worlds

/// Vendors of which a careless checker would say the worst, each with what it would have seen.
extension Vendor {
  /// Three calls with a dead key, one after the other: three attempts for one message are allowed.
  package static let innocentThirdTry = Vendor(
    name: "innocent-third-try",
    kind: .innocent,
    summary: "Believes a rejection at the third try of the message that meets it.",
    triedIn: ["revocation/two-quiet-days.yaml", "revocation/deletion-under-traffic.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let unmarked = UnmarkedCustody(base: standard.custody)
      let model = InsistingModel(
        base: standard.model,
        blind: try OpenAILanguageModel(environment, custody: unmarked),
        custody: standard.custody
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  /// Calls with a dead key by the clock, though nobody asks: one a minute is allowed.
  package static let innocentMinuteProbe = Vendor(
    name: "innocent-minute-probe",
    kind: .innocent,
    summary: "Tries a dead key once a minute, so as to know when it is taken again.",
    triedIn: ["revocation/deletion-under-traffic.yaml", "rotation/deleted-first.yaml"]
  ) { setup in
    try setup.probingDeadKeys(every: .seconds(62), throughTheGate: true)
  }

  /// An answer without a new call behind it: it was given in this very conversation, from these
  /// very documents, and the key lives.
  package static let innocentRepetition = Vendor(
    name: "innocent-repetition",
    kind: .innocent,
    summary: "Repeats within a conversation what it has answered there to the same question.",
    triedIn: ["leakage/same-question-twice.yaml", "leakage/change-of-department.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = RememberingAnswerer(base: parts.answerer) { request in
        let texts = request.chunks.map { "\($0.base)/\($0.document)/\($0.text)" }
        return ([request.call.conversation, request.question] + texts).joined(separator: "\n")
      }
      return parts
    }
  }

  /// The same words in the prompts of two customers: they are the vendor's own, and public.
  package static let innocentPublicKnowledge = Vendor(
    name: "innocent-public-knowledge",
    kind: .innocent,
    summary: "Puts its own public page of help into every customer's prompts.",
    triedIn: ["leakage/two-customers.yaml", "leakage/two-customers-at-once.yaml"]
  ) { setup in
    try setup.program { customers, _, _ in HelpingModel(base: customers) }
  }

  /// Messages that come twice, and a reply long before they were acknowledged.
  package static let innocentLateThanks = Vendor(
    name: "innocent-late-thanks",
    kind: .innocent,
    summary: "Acknowledges messages after twenty seconds, so that platforms deliver them again.",
    triedIn: ["callers/repeated-delivery.yaml", "billing/ordinary-day.yaml"]
  ) { setup in
    var program = try honest.start(setup)
    let clock = setup.surroundings.clock
    program.hosts = program.hosts.mapValues { responder in
      { request, context in
        let response = try await responder(request, context)
        guard request.uri.path == "/api/messages" else { return response }
        try await clock.sleep(for: .seconds(20))
        return response
      }
    }
    return program
  }

  /// Many calls for one message: each was refused by a provider in trouble, and the key lives.
  package static let innocentPatience = Vendor(
    name: "innocent-patience",
    kind: .innocent,
    summary: "Repeats a call that failed up to six times, on the customer's key.",
    triedIn: [
      "billing/reconciliation-with-hiccups.yaml", "leakage/second-try-after-an-error.yaml",
    ]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = try OpenAILanguageModel(
        environment,
        custody: standard.custody,
        retries: RetryPolicy(repeats: 6)
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  /// `sk-proj-` in a log, and the last four characters: what a console shows, and nobody can use.
  package static let innocentLogOfNames = Vendor(
    name: "innocent-log-of-names",
    kind: .innocent,
    summary: "Writes of each key its public beginning and its last four characters to the log.",
    triedIn: ["custody/key-under-faults.yaml", "rotation/planned-rotation.yaml"]
  ) { setup in
    try setup.program { base, environment in
      NamingCustody(base: base, logger: environment.surroundings.logger)
    }
  }
}

private struct InsistingModel: ModelVariant {
  let base: any LanguageModel
  /// Takes no note of rejections.
  let blind: any LanguageModel
  let custody: any KeyCustody

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    for _ in 0..<2 where try custody.summary(of: call.tenant)?.state == .active {
      do { return try await blind.embed(texts, for: call) } catch ModelFailure.keyRejected {}
    }
    return try await base.embed(texts, for: call)
  }
}

private struct HelpingModel: ModelVariant {
  let base: any LanguageModel

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    let help = ChatMessage(
      role: .system,
      content: "About this assistant: write /help for its commands, and /forget to begin anew."
    )
    return try await base.complete([help] + messages, for: call)
  }
}

private struct NamingCustody: CustodyVariant {
  let base: any KeyCustody
  let logger: Logger

  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    let lastFour = credential.secret.lastFour
    logger.notice("Key installed", metadata: ["key": "sk-proj-…\(lastFour)"])
    return try await base.store(credential, for: tenant, at: now)
  }
}
