import Logging
import Orchestrator
import Worlds

extension Vendor {
  /// A line in the log for each question, with everything but the question.
  package static let innocentLogOfSizes = Vendor(
    name: "innocent-log-of-sizes",
    kind: .innocent,
    summary: "Writes of each question how long it is, and what it is about, to its log.",
    triedIn: ["contracts/nothing-is-kept.yaml"]
  ) { setup in
    try setup.program { environment in
      let base = try OrchestratorParts.standard(environment).journal
      let logger = environment.surroundings.logger
      return try .standard(environment, journal: CountingJournal(base: base, logger: logger))
    }
  }
}

private struct CountingJournal: JournalVariant {
  let base: any MessageJournal
  let logger: Logger

  func record(answer: String, from origin: AnswerOrigin, to message: ReceivedMessage) throws {
    logger.info(
      "Answered",
      metadata: [
        "message": "\(message.id)", "question": "\(message.question.count) characters",
        "answer": "\(answer.count) characters", "bases": "\(origin.bases)",
      ]
    )
    try base.record(answer: answer, from: origin, to: message)
  }
}
