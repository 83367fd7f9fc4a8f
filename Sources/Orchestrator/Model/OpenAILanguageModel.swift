import Foundation
import HTTPTypes
import NIOCore
import Secrets
package import Wire
import Worlds

/// OpenAI's models, at OpenAI, in a customer's Azure resource or on its own server, with bounded
/// repeats; a redirect is an answer like any other, never a way to go.
package struct OpenAILanguageModel: LanguageModel {
  private let requests: ModelRequests
  private let gate: KeyGate
  private let accounts: ModelAccounts
  private let meter: ModelMeter
  private let retries: RetryPolicy
  private let exchanges: ModelExchanges
  /// By customer and kind of call. What an administrator tries out is never held back.
  private let breaker: CircuitBreaker
  private let clock: any WorldClock
  private let randomness: Randomness

  /// - Parameter retries: those of the configuration, where nothing else is said.
  package init(
    _ environment: OrchestratorEnvironment,
    custody: any KeyCustody,
    retries: RetryPolicy? = nil
  ) throws {
    let limits = environment.configuration.limits
    requests = try ModelRequests(environment.configuration.provider)
    clock = environment.surroundings.clock
    randomness = environment.surroundings.randomness.scoped("model")
    func makeBreaker() -> CircuitBreaker {
      CircuitBreaker(
        failureLimit: limits.failuresUntilPause,
        pause: .seconds(limits.failurePauseSeconds),
        clock: environment.surroundings.clock
      )
    }
    gate = KeyGate(
      custody,
      notifications: environment.notifications,
      clock: clock,
      probeInterval: .seconds(limits.rejectedKeyProbeSeconds),
      breaker: makeBreaker()
    )
    accounts = try ModelAccounts(
      environment.configuration,
      secrets: environment.secrets,
      subscriptions: SubscriptionStore(storage: environment.storage)
    )
    meter = ModelMeter(
      usage: UsageStore(storage: environment.storage),
      fingerprinter: environment.fingerprinter,
      clock: clock
    )
    breaker = makeBreaker()
    self.retries = retries ?? RetryPolicy(repeats: limits.modelRepeats)
    exchanges = ModelExchanges(
      transport: environment.transport,
      clock: clock,
      firstByte: .seconds(limits.firstByteSeconds),
      total: .seconds(limits.modelCallSeconds)
    )
  }

  package func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await withCredential(call, .embedding, "embed") { credential, payer in
      try await embed(texts, with: credential, payer, for: call).vectors
    }
  }

  package func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await completion(of: messages, for: call)
  }

  package func complete(
    _ messages: [ChatMessage],
    for call: ModelCall,
    telling progress: @escaping @Sendable (String) -> Void
  ) async throws -> String {
    try await completion(of: messages, for: call, telling: progress)
  }

  private func completion(
    of messages: [ChatMessage],
    for call: ModelCall,
    telling progress: (@Sendable (String) -> Void)? = nil
  ) async throws -> String {
    try await withCredential(call, .completion, "complete") { credential, payer in
      let account = meter.account(
        call,
        payer,
        credential,
        endpoint: ModelEndpoint.completions,
        model: requests.chatModel(credential)
      )
      return try await meter.count(account) { begun in
        try await exchanges.perform(requests.completion(messages, credential)) { response in
          begun()
          return try await CompletionStream.read(response.body, telling: progress)
        }
      }
    }
  }

  package func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await repeating(call, "check") {
      do {
        // A key may be for some of the endpoints alone, so each that an answer needs is tried.
        if !candidate.destination.isAzure {
          _ = try await exchanges.perform(requests.modelList(candidate)) {
            try await $0.body.collect(upTo: 4 << 20)
          }
        }
        try await tryCompletion(candidate, .customer, for: call)
        let answer = try await embed(["key"], with: candidate, .customer, for: call)
        // A deployment's name says nothing of its model, and vectors of two models do not compare.
        let isExpected = answer.model.hasPrefix(requests.models.embeddingModel)
        guard candidate.destination == .openAI || isExpected else { throw ModelFailure.otherModel }
      } catch CallFailure.keyNotTaken {
        throw ModelFailure.keyRejected
      }
    }
  }

  package func probe(for call: ModelCall) async throws {
    try await withCredential(call, .completion, "probe") { credential, payer in
      try await tryCompletion(credential, payer, for: call)
    }
  }

  private func tryCompletion(
    _ candidate: ModelCredential,
    _ payer: DeploymentModel.Payer,
    for call: ModelCall
  ) async throws {
    let account = meter.account(
      call,
      payer,
      candidate,
      endpoint: ModelEndpoint.completions,
      model: requests.chatModel(candidate)
    )
    try await meter.count(account) { begun in
      try await exchanges.perform(requests.trialCompletion(candidate)) { response in
        begun()
        let body = try await response.body.collect(upTo: 4 << 20)
        let completion = try? JSONDecoder().decode(
          ChatCompletion.self,
          from: Data(body.readableBytesView)
        )
        return ((), completion?.usage)
      }
    }
  }

  private func embed(
    _ texts: [String],
    with credential: ModelCredential,
    _ payer: DeploymentModel.Payer,
    for call: ModelCall
  ) async throws -> (vectors: [[Float]], model: String) {
    let account = meter.account(
      call,
      payer,
      credential,
      endpoint: ModelEndpoint.embeddings,
      model: requests.embeddingModel(credential)
    )
    let answer = try await meter.count(account) { begun in
      try await exchanges.perform(requests.embeddings(texts, credential)) { response in
        begun()
        let body = try await response.body.collect(upTo: 16 << 20)
        guard let answer = try? EmbeddingsResponse(json: body.bytes) else {
          throw CallFailure.transient(retryAfter: nil)
        }
        return (answer, answer.usage)
      }
    }
    guard answer.data.count == texts.count else { throw CallFailure.transient(retryAfter: nil) }
    var vectors = [[Float]](repeating: [], count: texts.count)
    for item in answer.data {
      guard vectors.indices.contains(item.index), vectors[item.index].isEmpty,
        item.embedding.values.count == requests.models.embeddingDimensions
      else { throw CallFailure.transient(retryAfter: nil) }
      vectors[item.index] = item.embedding.values
    }
    return (vectors, answer.model)
  }

  /// Runs each attempt on the credential that the customer's deployment has for this use.
  private func withCredential<Result: Sendable>(
    _ call: ModelCall,
    _ use: DeploymentModel.Use,
    _ purpose: String,
    _ body: (ModelCredential, DeploymentModel.Payer) async throws -> Result
  ) async throws -> Result {
    try await repeating(call, purpose, guardedBy: breaker) {
      switch try accounts.account(for: use, of: call.tenant) {
      case .customer:
        return try await withInstalledKey(call) { try await body($0, .customer) }
      case .vendor(let credential):
        do {
          return try await body(credential, .vendor)
        } catch CallFailure.keyNotTaken, CallFailure.quotaExhausted {
          // The vendor's affair, of which no customer's administrator can do anything.
          throw ModelFailure.unavailable
        }
      }
    }
  }

  /// Opens the customer's key for each attempt anew, and tells the gate what the provider said
  /// of it.
  private func withInstalledKey<Result: Sendable>(
    _ call: ModelCall,
    _ body: (ModelCredential) async throws -> Result
  ) async throws -> Result {
    var mayFollowReplacement = true
    while true {
      let (key, isProbe) = try await gate.open(for: call.tenant)
      do {
        let result = try await body(key.credential)
        if isProbe { try gate.accepted(key, of: call.tenant) }
        return result
      } catch CallFailure.keyNotTaken {
        // A planned rotation may delete the old key while a call with it is on its way.
        guard try gate.rejected(key, of: call.tenant), mayFollowReplacement else {
          throw ModelFailure.keyRejected
        }
        mayFollowReplacement = false
      }
    }
  }

  private func repeating<Result: Sendable>(
    _ call: ModelCall,
    _ purpose: String,
    guardedBy breaker: CircuitBreaker? = nil,
    _ attempt: () async throws -> Result
  ) async throws -> Result {
    var repeats = 0
    while true {
      do {
        return try await breaker.guarding("\(call.tenant)/\(purpose)", attempt)
      } catch let failure as CallFailure {
        switch failure {
        case .keyNotTaken: throw ModelFailure.keyRejected
        case .quotaExhausted: throw ModelFailure.quotaExhausted
        case .contentFiltered: throw ModelFailure.contentFiltered
        case .refused(let status): throw ModelFailure.requestRefused(status: status)
        case .throttled(let retryAfter), .transient(let retryAfter):
          guard repeats < retries.repeats else { throw ModelFailure.unavailable }
          let name = "\(call.exchange)/\(purpose)"
          let backoff = retries.backoff.wait(after: repeats, for: name, randomness)
          let resumption = clock.now + max(backoff, retryAfter ?? .zero)
          guard resumption < call.deadline else { throw ModelFailure.unavailable }
          try await clock.sleep(until: resumption)
          repeats += 1
        }
      }
    }
  }
}

extension CircuitBreaker? {
  /// One attempt, unless the provider is spared at the moment.
  fileprivate func guarding<Result>(
    _ name: String,
    _ attempt: () async throws -> Result
  ) async throws -> Result {
    guard let breaker = self else { return try await attempt() }
    guard breaker.mayCall(name) else { throw ModelFailure.unavailable }
    do {
      let result = try await attempt()
      breaker.succeeded(name)
      return result
    } catch CallFailure.transient(let retryAfter) {
      breaker.failed(name)
      throw CallFailure.transient(retryAfter: retryAfter)
    } catch let failure as CallFailure {
      breaker.succeeded(name)
      throw failure
    } catch {
      // No key, or the run ends: of the provider nothing was heard.
      breaker.leftOpen(name)
      throw error
    }
  }
}
