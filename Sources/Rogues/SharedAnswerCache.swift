import Orchestrator
import Synchronization

extension Vendor {
  /// Modelled on theopenco/llmgateway PR #3758 (GHSA-h9ww-f95j-h54c): an answer is kept under the
  /// words of its question, and whoever asks in the same words gets it.
  package static let sharedAnswerCache = Vendor(
    name: "shared-answer-cache",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Answers repeated questions from a cache that forgets who asked.",
    incident: "theopenco/llmgateway PR #3758 (GHSA-h9ww-f95j-h54c)",
    triedIn: ["leakage/same-question-twice.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = CachingAnswerer(base: parts.answerer)
      return parts
    }
  }
}

private final class CachingAnswerer: Answerer {
  private let base: any Answerer
  private let answers = Mutex<[String: String]>([:])

  init(base: any Answerer) {
    self.base = base
  }

  func answer(_ request: AnswerRequest) async throws -> String {
    if let known = answers.withLock({ $0[request.question] }) { return known }
    let answer = try await base.answer(request)
    answers.withLock { $0[request.question] = answer }
    return answer
  }
}
