import Foundation
import HTTPTypes
import NIOCore
import Secrets
package import Wire
import Worlds

/// OpenAI's models, at OpenAI or in a customer's Azure resource, with bounded repeats; a redirect
/// is an answer like any other, never a way to go.
package struct OpenAILanguageModel: LanguageModel {
  private let requests: ModelRequests
  private let gate: KeyGate
  private let retries: RetryPolicy
  private let exchanges: ModelExchanges
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
    gate = KeyGate(
      custody,
      clock: clock,
      probeInterval: .seconds(limits.rejectedKeyProbeSeconds)
    )
    self.retries = retries ?? RetryPolicy(repeats: limits.modelRepeats)
    exchanges = ModelExchanges(
      transport: environment.transport,
      clock: clock,
      firstByte: .seconds(limits.firstByteSeconds),
      total: .seconds(limits.modelCallSeconds)
    )
  }

  package func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await withInstalledKey(call, "embed") { credential in
      try await embed(texts, with: credential).vectors
    }
  }

  package func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await withInstalledKey(call, "complete") { credential in
      try await exchanges.perform(requests.completion(messages, credential)) { response in
        try await CompletionStream.read(response.body)
      }
    }
  }

  package func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await repeating(call, "check") {
      do {
        // A key may be for some of the endpoints alone, so each that an answer needs is tried.
        let list = candidate.destination == .openAI ? [requests.modelList(candidate.secret)] : []
        for trial in list + [requests.trialCompletion(candidate)] {
          _ = try await exchanges.perform(trial) { try await $0.body.collect(upTo: 4 << 20) }
        }
        let answer = try await embed(["key"], with: candidate)
        // A deployment's name says nothing of its model, and vectors of two models do not compare.
        let isExpected = answer.model.hasPrefix(requests.models.embeddingModel)
        guard candidate.destination == .openAI || isExpected else { throw ModelFailure.otherModel }
      } catch CallFailure.keyNotTaken {
        throw ModelFailure.keyRejected
      }
    }
  }

  private func embed(
    _ texts: [String],
    with credential: ModelCredential
  ) async throws -> (vectors: [[Float]], model: String) {
    let response = try await exchanges.perform(
      requests.embeddings(texts, credential)
    ) { response in
      try await response.body.collect(upTo: 16 << 20)
    }
    guard let answer = try? EmbeddingsResponse(json: response.bytes),
      answer.data.count == texts.count
    else { throw CallFailure.transient(retryAfter: nil) }
    var vectors = [[Float]](repeating: [], count: texts.count)
    for item in answer.data {
      guard vectors.indices.contains(item.index), vectors[item.index].isEmpty,
        item.embedding.values.count == requests.models.embeddingDimensions
      else { throw CallFailure.transient(retryAfter: nil) }
      vectors[item.index] = item.embedding.values
    }
    return (vectors, answer.model)
  }

  /// Opens the customer's key for each attempt anew, and tells the gate what the provider said
  /// of it.
  private func withInstalledKey<Result: Sendable>(
    _ call: ModelCall,
    _ purpose: String,
    _ body: (ModelCredential) async throws -> Result
  ) async throws -> Result {
    try await repeating(call, purpose) {
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
  }

  private func repeating<Result: Sendable>(
    _ call: ModelCall,
    _ purpose: String,
    _ attempt: () async throws -> Result
  ) async throws -> Result {
    var repeats = 0
    while true {
      do {
        return try await attempt()
      } catch let failure as CallFailure {
        switch failure {
        case .keyNotTaken: throw ModelFailure.keyRejected
        case .quotaExhausted: throw ModelFailure.quotaExhausted
        case .contentFiltered: throw ModelFailure.contentFiltered
        case .refused(let status): throw ModelFailure.requestRefused(status: status)
        case .transient(let retryAfter):
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
