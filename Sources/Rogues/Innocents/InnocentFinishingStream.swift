import Orchestrator
import Worlds

extension Vendor {
  /// Looks like a vendor that answers on after a deletion. Yet what it delivers then was allowed
  /// when it began: the provider had taken the key, and only the delivery comes late.
  package static let innocentFinishingStream = Vendor(
    name: "innocent-finishing-stream",
    kind: .innocent,
    summary: "Delivers answers late, some of them after the key's end, from calls made before it."
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.answerer = LateAnswerer(
        base: parts.answerer,
        clock: environment.surroundings.clock
      )
      return parts
    }
  }
}

private struct LateAnswerer: Answerer {
  let base: any Answerer
  let clock: any WorldClock

  func answer(_ request: AnswerRequest) async throws -> String {
    let answer = try await base.answer(request)
    try await clock.sleep(for: .seconds(12))
    return answer
  }
}
