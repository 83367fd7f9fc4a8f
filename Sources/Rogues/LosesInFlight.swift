import Orchestrator

extension Vendor {
  /// Modelled on what many bots do: the queue of messages is in memory, and a restart starts anew.
  package static let losesInFlight = Vendor(
    name: "loses-in-flight",
    kind: .rogue(breaks: ["rotation-without-loss"]),
    summary: "Forgets at its start whatever was not yet delivered.",
    incident: "NVIDIA/garak #141: what was under way at a crash is lost, and must be begun again.",
    triedIn: ["rotation/crash-and-restart.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.journal = ForgetfulJournal(base: parts.journal)
      return parts
    }
  }
}

private struct ForgetfulJournal: MessageJournal {
  let base: any MessageJournal

  func unfinished() throws -> [JournaledMessage] { [] }

  func receive(_ message: ReceivedMessage) throws -> JournaledMessage? {
    try base.receive(message)
  }
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
