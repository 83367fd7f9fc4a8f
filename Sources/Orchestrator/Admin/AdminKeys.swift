import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// Setting, checking and removing a customer's key.
struct AdminKeys: Sendable {
  let custody: any KeyCustody
  let model: any LanguageModel
  let indexer: KnowledgeIndexer
  let clock: any WorldClock
  let azureHostSuffixes: [String]
  let placement: KeyPlacement

  private struct KeyState: Encodable {
    var state: String
    var provider: String?
    var endpoint: String?
    var chatDeployment: String?
    var embeddingsDeployment: String?
    var apiVersion: String?
    var lastFour: String?
    var fingerprint: String?
    var installedAt: String?
    var version: Int64?

    init(_ summary: KeySummary?) {
      state = summary?.state.rawValue ?? "none"
      lastFour = summary?.lastFour
      fingerprint = summary?.fingerprint.description
      installedAt = summary?.installedAt.iso8601
      version = summary?.version
      provider = summary?.destination.providerName
      guard case .azure(let azure)? = summary?.destination else { return }
      endpoint = "https://\(azure.host)"
      chatDeployment = azure.chatDeployment
      embeddingsDeployment = azure.embeddingsDeployment
      apiVersion = azure.apiVersion ?? "v1"
    }
  }

  func state(of tenant: String) throws -> Response {
    try .json(KeyState(try custody.summary(of: tenant)))
  }

  /// The provider is asked first: a key that it does not take never replaces one that it does.
  func install(_ request: Request, _ tenant: String) async throws -> Response {
    let body = try await request.body.collect(upTo: 1 << 16)
    var credential: ModelCredential
    do {
      credential = try KeySubmission(
        json: body.bytes,
        azureHostSuffixes: azureHostSuffixes
      ).credential
    } catch {
      return Self.refusal(of: error)
    }
    switch placement.place(credential, for: tenant) {
    case .refused(let response): return response
    case .placed(let placed): credential = placed
    }
    if let failure = await checkFailure(of: credential, for: tenant) { return failure }
    do {
      let summary = try await custody.store(credential, for: tenant, at: clock.now)
      indexer.wake()
      return try .json(KeyState(summary))
    } catch let failure as CustodyFailure {
      return .failure(failure)
    }
  }

  func check(of tenant: String) async throws -> Response {
    let key: OpenedKey
    do {
      guard let opened = try await custody.open(for: tenant) else {
        return .failure(.conflict, "no_key", "No key is installed.")
      }
      key = opened
    } catch let failure as CustodyFailure {
      return .failure(failure)
    }
    let failure = await checkFailure(of: key.credential, for: tenant)
    if failure == nil {
      try custody.record(rejectedAt: nil, version: key.version, of: tenant)
      indexer.wake()
    } else if failure?.status == Self.rejected {
      try custody.record(rejectedAt: clock.now, version: key.version, of: tenant)
    }
    return try failure ?? .json(KeyState(try custody.summary(of: tenant)))
  }

  func remove(of tenant: String) async throws -> Response {
    guard try await custody.remove(for: tenant) else {
      return .failure(.notFound, "no_key", "No key is installed.")
    }
    return try .json(KeyState(nil))
  }

  private static func refusal(of fault: KeySubmission.Fault) -> Response {
    switch fault {
    case .malformed:
      .failure(
        .badRequest,
        "bad_request",
        "The body must be {'api_key': 'sk-...'}, or that of an Azure OpenAI resource."
      )
    case .badEndpoint:
      .failure(
        .badRequest,
        "bad_endpoint",
        "'endpoint' must be the address of an Azure OpenAI resource: https://NAME.openai.azure.com"
      )
    case .badDeployment:
      .failure(
        .badRequest,
        "bad_deployment",
        """
        'chat_deployment' and 'embeddings_deployment' must name deployments, and 'api_version' a \
        version such as 2024-10-21, or v1.
        """
      )
    }
  }

  /// Nil when the provider takes the key.
  /// Says that the provider does not take a key, and nothing else.
  private static let rejected = HTTPResponse.Status.unprocessableContent

  private func checkFailure(
    of credential: ModelCredential,
    for tenant: String
  ) async -> Response? {
    let call = ModelCall(
      tenant: tenant,
      exchange: "admin/\(tenant)/\(clock.now.nanoseconds)",
      deadline: clock.now + .seconds(20)
    )
    do {
      try await model.check(credential, for: call)
      return nil
    } catch ModelFailure.keyRejected {
      return .failure(
        Self.rejected,
        "key_rejected",
        "The provider did not accept this key. Nothing was changed."
      )
    } catch ModelFailure.quotaExhausted {
      return .failure(
        .init(code: 402),
        "quota_exhausted",
        "The provider accepts this key, but its account has no credit left. Nothing was changed."
      )
    } catch ModelFailure.requestRefused where credential.destination != .openAI {
      return .failure(
        .badRequest,
        "deployment_rejected",
        """
        The provider accepts this key, but not these deployments or this version. Nothing was \
        changed.
        """
      )
    } catch ModelFailure.otherModel {
      return .failure(
        .badRequest,
        "other_model",
        """
        The deployment for embeddings has another model than this assistant's. Nothing was changed.
        """
      )
    } catch {
      return .failure(
        .serviceUnavailable,
        "provider_unavailable",
        "The provider could not be reached to check this key. Nothing was changed."
      )
    }
  }
}
