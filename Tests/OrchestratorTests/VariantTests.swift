import HTTPTypes
import Orchestrator
import Secrets
import Synchronization
import Testing
import Wire
import Worlds

/// That a variant of the product exchanges one part in a few lines, and that the rest follows.
@Suite struct VariantTests {
  @Test func `A journal that recalls nothing loses what was in flight`() throws {
    try TestVendor.test { vendor in
      do {
        let stopped = RunningVendor(vendor: vendor, program: try vendor.start())
        try await stopped.ask("hello", id: "1")
      }
      let forgetful: @Sendable (OrchestratorEnvironment) throws -> OrchestratorParts = {
        let journal = ForgetfulJournal(standard: MessageStore(storage: $0.storage))
        return try .standard($0, journal: journal)
      }
      try await vendor.running(forgetful) { running in
        try await running.wait()
        #expect(vendor.platforms.replies(to: "1").isEmpty)
        #expect(try await running.answer(to: "hello", id: "2").isEmpty == false)
      }
    }
  }

  @Test func `A model with a second key answers where the first is rejected`() throws {
    try TestVendor.test { vendor in
      let variant: @Sendable (OrchestratorEnvironment) throws -> OrchestratorParts = {
        let standard = try OrchestratorParts.standard($0)
        let own = try OpenAILanguageModel($0, custody: OwnKey())
        let model = FallingBack(standard: standard.model, own: own)
        return try .standard($0, custody: standard.custody, model: model)
      }
      vendor.provider.accept(TestVendor.key, OwnKey.key)
      try await vendor.running(variant) { running in
        try await running.setUp()
        vendor.provider.accept(OwnKey.key)
        #expect(try await running.answer(to: "travel policy?", id: "1").contains("canary-common"))
        #expect(vendor.provider.chatCalls.last?.key == OwnKey.key)
      }
    }
  }

  @Test func `A decorated transport sees the model calls and follows where it should not`() throws {
    try TestVendor.test { vendor in
      let variant: @Sendable (OrchestratorEnvironment) throws -> OrchestratorParts = {
        var environment = $0
        environment.transport = FollowingRedirects(inner: $0.transport)
        return try .standard(environment)
      }
      vendor.network.serve("elsewhere.example") { _, _ in FakeProvider.stream(of: "from there") }
      try await vendor.running(variant) { running in
        try await running.install(TestVendor.key)
        let moved: HTTPFields = [.location: "https://elsewhere.example/v1/chat/completions"]
        vendor.provider.script("/chat/completions", [.init(status: 307, headers: moved)])
        #expect(try await running.answer(to: "hello", id: "1") == "from there")
        let leaked = vendor.network.sent(to: "elsewhere.example").first
        #expect(leaked?.head.headerFields[.authorization] == "Bearer \(TestVendor.key)")
      }
    }
  }
}

private struct ForgetfulJournal: MessageJournal {
  let standard: MessageStore

  func receive(_ message: ReceivedMessage) throws -> JournaledMessage? {
    try standard.receive(message)
  }

  func record(answer: String, from origin: AnswerOrigin, to message: ReceivedMessage) throws {
    try standard.record(answer: answer, from: origin, to: message)
  }

  func record(refusal: Refusal, to message: ReceivedMessage) throws {
    try standard.record(refusal: refusal, to: message)
  }

  func record(notice: Notice, to message: ReceivedMessage) throws {
    try standard.record(notice: notice, to: message)
  }

  func record(partsSent: Int, to message: ReceivedMessage) throws {
    try standard.record(partsSent: partsSent, to: message)
  }

  func recordDelivered(_ message: ReceivedMessage, as reply: String?) throws {
    try standard.recordDelivered(message, as: reply)
  }

  func record(failure: String, to message: ReceivedMessage) throws {
    try standard.record(failure: failure, to: message)
  }

  func unfinished() throws -> [JournaledMessage] { [] }
}

private struct OwnKey: KeyCustody {
  static let key = "sk-proj-mock-the-vendors-own-key"

  func summary(of tenant: String) throws -> KeySummary? {
    KeySummary(
      version: 1,
      lastFour: "",
      fingerprint: Fingerprint("own"),
      installedAt: Timestamp(nanoseconds: 0)
    )
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    OpenedKey(credential: ModelCredential(secret: Secret(Self.key)), version: 1)
  }

  func store(
    _ key: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    throw CancellationError()
  }

  func remove(for tenant: String) async throws -> Bool { false }

  func record(rejectedAt: Timestamp?, version: Int64, of tenant: String) throws {}
}

private struct FallingBack: LanguageModel {
  let standard: any LanguageModel
  let own: any LanguageModel

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do {
      return try await standard.embed(texts, for: call)
    } catch ModelFailure.keyRejected {
      return try await own.embed(texts, for: call)
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do {
      return try await standard.complete(messages, for: call)
    } catch ModelFailure.keyRejected {
      return try await own.complete(messages, for: call)
    }
  }

  func check(_ candidate: ModelCredential, for call: ModelCall) async throws {
    try await standard.check(candidate, for: call)
  }
}

private struct FollowingRedirects: HTTPTransport {
  private enum Outcome<Result: Sendable>: Sendable {
    case answered(Result)
    case moved(Endpoint)
  }

  let inner: any HTTPTransport

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let outcome = try await inner.exchange(request) { response -> Outcome<Result> in
      if response.head.status.kind == .redirection,
        let location = response.head.headerFields[.location], let target = Endpoint(location)
      {
        return .moved(target)
      }
      return .answered(try await use(response))
    }
    switch outcome {
    case .answered(let result): return result
    case .moved(let target):
      var followed = request
      followed.head.authority = target.authority
      followed.head.path = target.path
      return try await inner.exchange(followed, use)
    }
  }
}
