import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// A customer's key in the admin API's JSON.
struct AdminKeys: Sendable {
  let keys: KeyAdministration

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
    try .json(KeyState(try keys.summary(of: tenant)))
  }

  func install(_ request: Request, _ tenant: String) async throws -> Response {
    let body = try await request.body.collect(upTo: 1 << 16)
    do {
      let submission = try KeySubmission(
        json: body.bytes,
        azureHostSuffixes: keys.azureHostSuffixes
      )
      let summary = try await keys.install(
        submission.credential,
        for: tenant,
        by: AuditLog.apiActor
      )
      return try .json(KeyState(summary))
    } catch let fault as KeySubmission.Fault {
      return Self.response(to: fault)
    } catch let refusal as KeyRefusal {
      return Self.response(to: refusal)
    }
  }

  func check(of tenant: String) async throws -> Response {
    do {
      return try .json(KeyState(try await keys.check(of: tenant, by: AuditLog.apiActor)))
    } catch let refusal as KeyRefusal {
      return Self.response(to: refusal, ofCheck: true)
    }
  }

  func remove(of tenant: String) async throws -> Response {
    do {
      try await keys.remove(of: tenant, by: AuditLog.apiActor)
      return try .json(KeyState(nil))
    } catch let refusal as KeyRefusal {
      return Self.response(to: refusal)
    }
  }

  private static func response(to refusal: KeyRefusal, ofCheck: Bool = false) -> Response {
    let status: HTTPResponse.Status =
      switch refusal {
      case .noKey: ofCheck ? .conflict : .notFound
      case .rejected: .unprocessableContent
      case .quotaExhausted: .init(code: 402)
      case .deploymentRejected, .otherModel, .otherServer: .badRequest
      case .noKeyTaken: .conflict
      case .unreachable, .managerUnavailable, .managerSealed, .managerRefused, .secretMalformed,
        .secretMisplaced:
        .serviceUnavailable
      }
    return .failure(status, refusal.code, refusal.words)
  }

  private static func response(to fault: KeySubmission.Fault) -> Response {
    let words: StaticString =
      switch fault {
      case .malformed:
        "The body must be {'api_key': 'sk-...'}, or that of an Azure OpenAI resource."
      case .badEndpoint:
        "'endpoint' must be the address of an Azure OpenAI resource: https://NAME.openai.azure.com"
      case .badDeployment:
        """
        'chat_deployment' and 'embeddings_deployment' must name deployments, and 'api_version' a \
        version such as 2024-10-21, or v1.
        """
      }
    return .failure(.badRequest, fault.code, words)
  }
}
