package import Secrets

/// Where a customer's key may travel, as its administrator set it. No secret in it.
package enum ModelDestination: Hashable, Sendable {
  /// OpenAI, at the address that the operator configured.
  case openAI
  case azure(AzureEndpoint)
  /// The customer's own OpenAI-compatible server, at the address that the operator configured.
  case server(Endpoint)

  var isAzure: Bool {
    if case .azure = self { true } else { false }
  }

  /// What settings pages call the provider.
  package var providerName: String {
    switch self {
    case .openAI: "openai"
    case .azure: "azure"
    case .server: "self-hosted"
    }
  }
}

/// A customer's Azure OpenAI resource, and what the models are called there.
package struct AzureEndpoint: Hashable, Sendable {
  /// `NAME.openai.azure.com`, in lower case. Always reached by HTTPS.
  package var host: String
  package var chatDeployment: String
  package var embeddingsDeployment: String
  /// Nil for the surface without versions, `/openai/v1`.
  package var apiVersion: String?

  package init(
    host: String,
    chatDeployment: String,
    embeddingsDeployment: String,
    apiVersion: String?
  ) {
    self.host = host
    self.chatDeployment = chatDeployment
    self.embeddingsDeployment = embeddingsDeployment
    self.apiVersion = apiVersion
  }
}

/// A key, and where it belongs: the two are installed, kept and replaced together.
package struct ModelCredential: Hashable, Sendable {
  package var secret: Secret
  package var destination: ModelDestination

  package init(secret: Secret, destination: ModelDestination = .openAI) {
    self.secret = secret
    self.destination = destination
  }
}

extension ModelDestination {
  /// Whose model makes vectors here: with another, documents are embedded anew.
  var embeddingSource: String {
    switch self {
    case .openAI: "openai"
    case .azure(let endpoint): "azure\n\(endpoint.host)\n\(endpoint.embeddingsDeployment)"
    case .server(let endpoint): "server\n\(endpoint.url)"
    }
  }
}

/// As the storage has it, and as the seal of the key is bound to it.
extension ModelDestination {
  package var storedText: String {
    switch self {
    case .openAI: "openai"
    case .azure(let endpoint):
      [
        "azure", endpoint.host, endpoint.chatDeployment, endpoint.embeddingsDeployment,
        endpoint.apiVersion ?? "",
      ].joined(separator: "\n")
    case .server(let endpoint): "server\n\(endpoint.url)"
    }
  }

  /// Nil for a text that is none of this program's.
  package init?(storedText: String) {
    guard storedText != "openai" else {
      self = .openAI
      return
    }
    let parts = storedText.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if parts.count == 2, parts[0] == "server", let endpoint = Endpoint(parts[1]) {
      self = .server(endpoint)
      return
    }
    guard parts.count == 5, parts[0] == "azure" else { return nil }
    self = .azure(
      AzureEndpoint(
        host: parts[1],
        chatDeployment: parts[2],
        embeddingsDeployment: parts[3],
        apiVersion: parts[4].isEmpty ? nil : parts[4]
      )
    )
  }
}
