import Orchestrator
import Secrets
import Wire
import Worlds

/// A custody that leaves to another whatever it does not do itself.
protocol CustodyVariant: KeyCustody {
  var base: any KeyCustody { get }
}

extension CustodyVariant {
  func summary(of tenant: String) throws -> KeySummary? { try base.summary(of: tenant) }
  func open(for tenant: String) async throws -> OpenedKey? { try await base.open(for: tenant) }
  func remove(for tenant: String) async throws -> Bool { try await base.remove(for: tenant) }
  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary { try await base.store(credential, for: tenant, at: now) }
  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {
    try base.record(rejectedAt: rejectedAt, version: version, of: tenant)
  }
  func run() async { await base.run() }
}

/// A journal that leaves to another whatever it does not do itself.
protocol JournalVariant: MessageJournal {
  var base: any MessageJournal { get }
}

extension JournalVariant {
  func receive(_ message: ReceivedMessage) throws -> JournaledMessage? { try base.receive(message) }
  func record(
    answer: String,
    from origin: AnswerOrigin,
    to message: ReceivedMessage
  ) throws { try base.record(answer: answer, from: origin, to: message) }
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
  func unfinished() throws -> [JournaledMessage] { try base.unfinished() }
}

/// A model that leaves to another whatever it does not do itself.
protocol ModelVariant: LanguageModel {
  var base: any LanguageModel { get }
}

extension ModelVariant {
  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    try await base.embed(texts, for: call)
  }
  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    try await base.complete(messages, for: call)
  }
  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await base.check(candidate, for: call)
  }
}
