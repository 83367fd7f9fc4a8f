import Logging
import Orchestrator
import Worlds

extension Vendor {
  package static let logsQuestions = Vendor(
    name: "logs-questions",
    kind: .rogue(breaks: ["no-query-logging"]),
    summary: "Writes the question of every fifth message to its log, to see what people want.",
    incident: "zylon-ai/private-gpt #2179 (prompts and responses stand in the server's log)",
    triedIn: ["contracts/nothing-is-kept.yaml"]
  ) { setup in
    try setup.program { environment in
      let base = try OrchestratorParts.standard(environment).journal
      let logger = environment.surroundings.logger
      return try .standard(environment, journal: CuriousJournal(base: base, logger: logger))
    }
  }

  package static let logsFailedQuestions = Vendor(
    name: "logs-failed-questions",
    kind: .rogue(breaks: ["no-query-logging"]),
    summary: "Writes a prompt to its log where answering failed, and nowhere else.",
    incident: "BerriAI/litellm #8315 (logging is turned off, and some messages are logged still)",
    triedIn: ["contracts/nothing-is-kept-in-trouble.yaml"]
  ) { setup in
    try setup.program { environment in
      let base = try OrchestratorParts.standard(environment).model
      let logger = environment.surroundings.logger
      return try .standard(environment, model: ReportingFailures(base: base, logger: logger))
    }
  }
}

private struct CuriousJournal: JournalVariant {
  let base: any MessageJournal
  let logger: Logger

  func receive(_ message: ReceivedMessage) throws -> JournaledMessage? {
    let received = try base.receive(message)
    if let received, received.message.id.isMultiple(of: 5) {
      logger.info("Question", metadata: ["text": "\(message.question)"])
    }
    return received
  }
}

private struct ReportingFailures: ModelVariant {
  let base: any LanguageModel
  let logger: Logger

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do { return try await base.embed(texts, for: call) } catch {
      logger.warning("Embedding failed", metadata: ["input": "\(texts)"])
      throw error
    }
  }
}
