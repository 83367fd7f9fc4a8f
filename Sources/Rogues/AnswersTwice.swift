import Orchestrator

extension Vendor {
  /// Modelled on bots that ignore their platform's documentation: Teams repeats a message when a
  /// bot is slow, and each repetition is answered, and paid for, like a new one.
  package static let answersTwice = Vendor(
    name: "answers-twice",
    kind: .rogue(breaks: ["authenticated-callers"]),
    summary: "Answers a message again whenever the platform repeats it.",
    incident:
      "BotFramework-Services #59: one message was delivered up to four times.",
    triedIn: ["callers/repeated-delivery.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.journal = GullibleJournal(base: parts.journal)
      return parts
    }
  }
}

private struct GullibleJournal: MessageJournal {
  let base: any MessageJournal

  /// What was known already is taken as well, under no number.
  func receive(_ message: ReceivedMessage) throws -> JournaledMessage? {
    try base.receive(message)
      ?? JournaledMessage(message: message, outcome: nil, partsSent: 0)
  }

  func unfinished() throws -> [JournaledMessage] { try base.unfinished() }
  func record(answer: String, from origin: AnswerOrigin, to message: ReceivedMessage) throws {
    try base.record(answer: answer, from: origin, to: message)
  }
  func record(refusal: Refusal, to message: ReceivedMessage) throws {
    try base.record(refusal: refusal, to: message)
  }
  func record(notice: Notice, to message: ReceivedMessage) throws {
    try base.record(notice: notice, to: message)
  }
  func record(partsSent: Int, to message: ReceivedMessage) throws {
    try base.record(partsSent: partsSent, to: message)
  }
  func recordDelivered(_ message: ReceivedMessage, as reply: String?) throws {
    try base.recordDelivered(message, as: reply)
  }
  func record(failure: String, to message: ReceivedMessage) throws {
    try base.record(failure: failure, to: message)
  }
}
