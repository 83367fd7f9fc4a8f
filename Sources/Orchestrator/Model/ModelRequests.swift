import HTTPTypes
import NIOCore
import Secrets
import Wire
import Worlds

/// Writes the requests of model calls for the provider that a customer's key is of. The key goes
/// into the one header that its provider reads, and the request to the one host that the
/// administrator set.
struct ModelRequests: Sendable {
  let models: OrchestratorConfiguration.Provider
  private let openAI: Endpoint

  /// - Throws: `ConfigurationFault.badURL`.
  init(_ provider: OrchestratorConfiguration.Provider) throws {
    models = provider
    openAI = try Endpoint(provider.baseURL, setting: "provider.baseURL")
  }

  func chatModel(_ credential: ModelCredential) -> String {
    credential.destination.chatDeployment ?? models.chatModel
  }

  func embeddingModel(_ credential: ModelCredential) -> String {
    credential.destination.embeddingsDeployment ?? models.embeddingModel
  }

  func completion(_ messages: [ChatMessage], _ credential: ModelCredential) -> OutgoingRequest {
    post(
      "/chat/completions",
      deployment: credential.destination.chatDeployment,
      credential,
      ChatCompletionRequest(
        model: chatModel(credential),
        messages: messages,
        stream: true,
        streamOptions: .init(includeUsage: true)
      ).json()
    )
  }

  /// The shortest of answers: whether there is a model at all.
  func trialCompletion(_ credential: ModelCredential) -> OutgoingRequest {
    post(
      "/chat/completions",
      deployment: credential.destination.chatDeployment,
      credential,
      ChatCompletionRequest(
        model: chatModel(credential),
        messages: [ChatMessage(role: .user, content: "key")],
        maxCompletionTokens: 16
      ).json()
    )
  }

  func embeddings(_ texts: [String], _ credential: ModelCredential) -> OutgoingRequest {
    post(
      "/embeddings",
      deployment: credential.destination.embeddingsDeployment,
      credential,
      EmbeddingsRequest(
        input: texts,
        model: embeddingModel(credential),
        dimensions: models.embeddingDimensions,
        encodingFormat: .base64
      ).json()
    )
  }

  /// OpenAI's list of models; Azure's names what a resource could have, not what it has.
  func modelList(_ credential: ModelCredential) -> OutgoingRequest {
    var endpoint = openAI
    if case .server(let server) = credential.destination { endpoint = server }
    return OutgoingRequest(
      head: endpoint.head(.get, "/models", headers: headers(of: credential.secret, isAzure: false))
    )
  }

  private func post(
    _ operation: String,
    deployment: String?,
    _ credential: ModelCredential,
    _ body: [UInt8]
  ) -> OutgoingRequest {
    let head =
      switch credential.destination {
      case .openAI:
        openAI.head(.post, operation, headers: headers(of: credential.secret, isAzure: false))
      case .server(let server):
        server.head(.post, operation, headers: headers(of: credential.secret, isAzure: false))
      case .azure(let endpoint):
        HTTPRequest(
          method: .post,
          scheme: "https",
          authority: endpoint.host,
          path: endpoint.path(to: operation, deployment: deployment ?? ""),
          headerFields: headers(of: credential.secret, isAzure: true)
        )
      }
    return OutgoingRequest(head: head, body: ByteBuffer(bytes: body))
  }

  private func headers(of key: Secret, isAzure: Bool) -> HTTPFields {
    var headers: HTTPFields = [.contentType: "application/json", .accept: "application/json"]
    key.reveal { value in
      if isAzure {
        headers[AzureHeader.apiKey] = value
      } else {
        headers[.authorization] = "Bearer " + value
      }
    }
    return headers
  }
}

extension AzureEndpoint {
  fileprivate func path(to operation: String, deployment: String) -> String {
    guard let apiVersion else { return "/openai/v1" + operation }
    let name = deployment.percentEncoded
    return "/openai/deployments/\(name)\(operation)?api-version=\(apiVersion.percentEncoded)"
  }
}

extension ModelDestination {
  fileprivate var chatDeployment: String? {
    if case .azure(let endpoint) = self { endpoint.chatDeployment } else { nil }
  }

  fileprivate var embeddingsDeployment: String? {
    if case .azure(let endpoint) = self { endpoint.embeddingsDeployment } else { nil }
  }
}

/// The paths of a model's interface, as OpenAI calls them.
enum ModelEndpoint {
  static let completions = "/v1/chat/completions"
  static let embeddings = "/v1/embeddings"
}
