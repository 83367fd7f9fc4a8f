import Orchestrator
import Synchronization
import Wire
import Worlds

/// Vendors in which one caller's words turn up at another's.
extension Vendor {
  package static let sharesCacheAcrossCustomers = Vendor(
    name: "shares-cache-across-customers",
    kind: .rogue(breaks: ["tenant-isolation"]),
    summary:
      "Keeps answers under the question and a document's name, which two customers may share.",
    incident: "theopenco/llmgateway PR #3758 (GHSA-h9ww-f95j-h54c)",
    triedIn: ["leakage/same-question-at-two-customers.yaml"]
  ) { setup in
    try setup.remembering { request in
      let nearest = request.chunks.first.map { "\($0.base)/\($0.document)" } ?? ""
      return nearest + "\n" + request.question
    }
  }

  package static let answersByLikeness = Vendor(
    name: "answers-by-likeness",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Answers a question with what was answered to one much like it.",
    incident: "vllm-project/semantic-router #2134, PR #2135",
    triedIn: ["leakage/same-question-in-other-words.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = LikenessAnswerer(base: parts.answerer, model: parts.model)
      return parts
    }
  }

  package static let offByOneAfterError = Vendor(
    name: "off-by-one-after-error",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Gives each caller the answer before its own, once a call was given up.",
    incident: "OpenAI's post-mortem of 2023-03-20 (a cancelled request left a dirty connection)",
    triedIn: ["leakage/second-try-after-an-error.yaml", "leakage/by-error-text.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = OffByOneAnswerer(base: parts.answerer)
      return parts
    }
  }

  package static let remembersForEverybody = Vendor(
    name: "remembers-for-everybody",
    kind: .rogue(breaks: ["department-isolation"]),
    summary:
      "Recalls the last answer to anybody in the company as if it belonged to the conversation.",
    incident: "BasedHardware/omi PR #6884 (a mutable default is one for all requests)",
    triedIn: ["leakage/asking-directly.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = CommonMemoryAnswerer(base: parts.answerer)
      return parts
    }
  }

  package static let splicesPrompts = Vendor(
    name: "splices-prompts",
    kind: .rogue(breaks: ["tenant-isolation", "no-pooling"]),
    summary: "Sends the last prompt of another caller along with one prompt of ten.",
    incident: "Kilo-Org/kilocode #14080 (foreign prompts in live requests)",
    triedIn: ["leakage/two-customers-at-once.yaml"]
  ) { setup in
    try setup.program { customers, _, _ in SplicingModel(base: customers) }
  }
}

extension VendorSetup {
  /// The product with a cache of answers before its model.
  fileprivate func remembering(
    under name: @escaping @Sendable (AnswerRequest) -> String
  ) throws -> Program {
    try program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = RememberingAnswerer(base: parts.answerer, name: name)
      return parts
    }
  }
}

/// Answers from memory what has been answered under the same name.
final class RememberingAnswerer: Answerer {
  private let base: any Answerer
  private let name: @Sendable (AnswerRequest) -> String
  private let answers = Mutex<[String: String]>([:])

  init(base: any Answerer, name: @escaping @Sendable (AnswerRequest) -> String) {
    (self.base, self.name) = (base, name)
  }

  func answer(_ request: AnswerRequest) async throws -> String {
    let name = name(request)
    if let known = answers.withLock({ $0[name] }) { return known }
    let answer = try await base.answer(request)
    answers.withLock { $0[name] = answer }
    return answer
  }
}

private final class LikenessAnswerer: Answerer {
  private typealias Answered = (vector: [Float], answer: String)
  private static let alike: Float = 0.8
  private let base: any Answerer
  private let model: any LanguageModel
  private let answered = Mutex<[String: [Answered]]>([:])

  init(base: any Answerer, model: any LanguageModel) { (self.base, self.model) = (base, model) }

  func answer(_ request: AnswerRequest) async throws -> String {
    let vector = try await model.embed([request.question], for: request.call).first ?? []
    let known = answered.withLock { $0[request.call.tenant] ?? [] }
    let nearest = known.first { one in
      zip(one.vector, vector).reduce(0) { $0 + $1.0 * $1.1 } >= Self.alike
    }
    if let nearest { return nearest.answer }
    let answer = try await base.answer(request)
    answered.withLock { $0[request.call.tenant, default: []].append((vector, answer)) }
    return answer
  }
}

private final class OffByOneAnswerer: Answerer {
  private let base: any Answerer
  private let last = Mutex<(answer: String?, isDirty: Bool)>((nil, false))

  init(base: any Answerer) { self.base = base }

  func answer(_ request: AnswerRequest) async throws -> String {
    do {
      let answer = try await base.answer(request)
      return last.withLock { last in
        defer { last.answer = answer }
        return last.isDirty ? last.answer ?? answer : answer
      }
    } catch {
      last.withLock { $0.isDirty = true }
      throw error
    }
  }
}

private final class CommonMemoryAnswerer: Answerer {
  private let base: any Answerer
  private let last = Mutex<[String: String]>([:])

  init(base: any Answerer) { self.base = base }

  func answer(_ request: AnswerRequest) async throws -> String {
    var request = request
    if let last = last.withLock({ $0[request.call.tenant] }) {
      request.question = "Before this was said: \(last)\n\n\(request.question)"
    }
    let answer = try await base.answer(request)
    last.withLock { $0[request.call.tenant] = String(answer.prefix(600)) }
    return answer
  }
}

private final class SplicingModel: ModelVariant {
  let base: any LanguageModel
  private let last = Mutex<(prompt: ChatMessage?, number: Int)>((nil, 0))

  init(base: any LanguageModel) { self.base = base }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    let foreign = last.withLock { last in
      defer { last = (messages.last, last.number + 1) }
      return last.number % 10 == 9 ? last.prompt : nil
    }
    return try await base.complete((foreign.map { [$0] } ?? []) + messages, for: call)
  }
}
