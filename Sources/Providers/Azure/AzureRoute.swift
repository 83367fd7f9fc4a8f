import HTTPTypes

/// What a path of Azure OpenAI's data plane asks for.
struct AzureRoute: Sendable, Equatable {
  enum Operation: Sendable, Equatable {
    case chat
    case embeddings
    case listModels
    case showModel(String)
    case createResponse
    case countInputTokens
    case stored(StoredResponseOperation)

    /// As error messages name it.
    var name: String {
      switch self {
      case .chat: "ChatCompletions_Create"
      case .embeddings: "Embeddings_Create"
      case .listModels: "Models_List"
      case .showModel: "Models_Get"
      case .createResponse, .countInputTokens: "Responses_Create"
      case .stored(.show), .stored(.listInput): "Responses_Get"
      case .stored(.delete): "Responses_Delete"
      case .stored(.cancel): "Responses_Cancel"
      }
    }

    /// What an identity must be allowed to do.
    var dataAction: String {
      let scope = "Microsoft.CognitiveServices/accounts/OpenAI/"
      return switch self {
      case .chat: scope + "deployments/chat/completions/action"
      case .embeddings: scope + "deployments/embeddings/action"
      case .listModels, .showModel: scope + "models/read"
      case .createResponse, .countInputTokens, .stored(.cancel): scope + "responses/write"
      case .stored(.show), .stored(.listInput): scope + "responses/read"
      case .stored(.delete): scope + "responses/delete"
      }
    }

    var isOfResponses: Bool {
      switch self {
      case .createResponse, .countInputTokens, .stored: true
      default: false
      }
    }

    /// Below `/openai`, `/openai/v1` or a deployment, without names in it.
    fileprivate var path: String {
      switch self {
      case .chat: "/chat/completions"
      case .embeddings: "/embeddings"
      case .listModels: "/models"
      case .showModel: "/models/{id}"
      case .createResponse, .countInputTokens: "/responses"
      case .stored: "/responses/{id}"
      }
    }
  }

  /// Whether it is of the surface without versions, where a model's name is a deployment's.
  var isV1: Bool
  /// From the path; nil where the body names it.
  var deployment: String?
  var operation: Operation

  /// As the books name it: without escapes, and without names that anybody could make up.
  ///
  /// - Parameter knowsDeployment: whether there is such a deployment.
  func booked(knowsDeployment: Bool) -> String {
    let end = operation.path
    guard let deployment else { return (isV1 ? "/openai/v1" : "/openai") + end }
    return "/openai/deployments/" + (knowsDeployment ? deployment : "{deployment}") + end
  }

  /// - Parameter method: tells apart what is asked of a stored response; another one's fault is
  ///   found by `takes`.
  /// - Returns: nil for a path that the service does not have.
  init?(path: String, method: HTTPRequest.Method = .post) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard parts.popFirst() == "openai", let next = parts.first else { return nil }
    var deployment: String?
    isV1 = next == "v1"
    if isV1 {
      parts.removeFirst()
    } else if next == "deployments" {
      parts.removeFirst()
      guard let name = parts.popFirst(), !name.isEmpty else { return nil }
      deployment = String(name.prefix(200)).removingPercentEscapes
    }
    self.deployment = deployment
    let rest = parts.map { String($0.prefix(200)).removingPercentEscapes }
    switch (rest.first, rest.count) {
    case ("chat", 2) where rest[1] == "completions" && (isV1 || deployment != nil):
      operation = .chat
    case ("embeddings", 1) where isV1 || deployment != nil: operation = .embeddings
    case ("models", 1) where deployment == nil: operation = .listModels
    case ("models", 2) where deployment == nil: operation = .showModel(rest[1])
    case ("responses", 1...3) where deployment == nil:
      guard let operation = Operation(ofResponses: rest.dropFirst(), method) else { return nil }
      self.operation = operation
    default: return nil
    }
  }

  /// Whether the operation is asked for by this method.
  func takes(_ method: HTTPRequest.Method) -> Bool {
    switch operation {
    case .chat, .embeddings, .createResponse, .countInputTokens, .stored(.cancel): method == .post
    case .listModels, .showModel, .stored(.show), .stored(.listInput): method == .get
    case .stored(.delete): method == .delete
    }
  }
}

extension AzureRoute.Operation {
  /// - Parameter parts: of the path, below `responses`.
  fileprivate init?(ofResponses parts: ArraySlice<String>, _ method: HTTPRequest.Method) {
    guard let id = parts.first else {
      self = .createResponse
      return
    }
    switch (id, parts.dropFirst().first) {
    case ("", _): return nil
    case ("input_tokens", nil): self = .countInputTokens
    case (_, nil): self = .stored(method == .delete ? .delete(id) : .show(id))
    case (_, "input_items"): self = .stored(.listInput(id))
    case (_, "cancel"): self = .stored(.cancel(id))
    default: return nil
    }
  }
}

extension String {
  /// The text itself where its escapes are none.
  fileprivate var removingPercentEscapes: String {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let code = UInt8(Substring(rest.prefix(2)), radix: 16) else {
        return self
      }
      bytes.append(code)
      rest.removeFirst(2)
    }
    return String(validating: bytes, as: UTF8.self) ?? self
  }
}
