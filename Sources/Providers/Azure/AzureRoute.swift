/// What a path of Azure OpenAI's data plane asks for.
struct AzureRoute: Sendable, Equatable {
  enum Operation: Sendable, Equatable {
    case chat
    case embeddings
    case listModels
    case showModel(String)

    /// As error messages name it.
    var name: String {
      switch self {
      case .chat: "ChatCompletions_Create"
      case .embeddings: "Embeddings_Create"
      case .listModels: "Models_List"
      case .showModel: "Models_Get"
      }
    }

    /// What an identity must be allowed to do.
    var dataAction: String {
      let scope = "Microsoft.CognitiveServices/accounts/OpenAI/"
      return switch self {
      case .chat: scope + "deployments/chat/completions/action"
      case .embeddings: scope + "deployments/embeddings/action"
      case .listModels, .showModel: scope + "models/read"
      }
    }

    var isPost: Bool { self == .chat || self == .embeddings }
  }

  /// Whether it is of the surface without versions, where a model's name is a deployment's.
  var isV1: Bool
  /// From the path; nil where the body names it.
  var deployment: String?
  var operation: Operation

  /// The one way to write a model's path, without escapes.
  var path: String {
    let end = operation == .embeddings ? "/embeddings" : "/chat/completions"
    if let deployment { return "/openai/deployments/" + deployment + end }
    return "/openai/v1" + end
  }

  /// Nil for a path that the service does not have.
  init?(path: String) {
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
    switch Array(parts) {
    case ["chat", "completions"] where isV1 || deployment != nil: operation = .chat
    case ["embeddings"] where isV1 || deployment != nil: operation = .embeddings
    case ["models"] where deployment == nil: operation = .listModels
    case let named where named.count == 2 && named[0] == "models" && deployment == nil:
      operation = .showModel(String(named[1].prefix(200)).removingPercentEscapes)
    default: return nil
    }
    self.deployment = deployment
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
