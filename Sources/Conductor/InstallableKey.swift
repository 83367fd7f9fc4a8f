import Providers
import ScenarioFiles
import Secrets

/// A key with everything that its owner enters beside it in the vendor's settings.
struct InstallableKey: Sendable {
  let secret: Secret
  /// Nil for a key of OpenAI.
  let azure: WorldDescription.AzureResource?
  /// Where a key that is not Azure's belongs.
  private let home: String

  init(
    secret: Secret,
    azure: WorldDescription.AzureResource? = nil,
    home: String = Cast.providerHost
  ) {
    self.home = home
    self.secret = secret
    self.azure = azure
  }

  /// Where the key belongs.
  var host: String { azure?.host ?? home }

  /// The body that the vendor's admin API takes. The names in it need no escapes: `WorldReader`
  /// refuses a world file that has others.
  var body: String {
    secret.reveal { value in
      guard let azure else { return "{\"api_key\":\"\(value)\"}" }
      return """
        {"provider":"azure","endpoint":"https://\(azure.host)",\
        "chat_deployment":"\(azure.chatDeployment)",\
        "embeddings_deployment":"\(azure.embeddingsDeployment)",\
        "api_version":"\(azure.apiVersion ?? "v1")","api_key":"\(value)"}
        """
    }
  }
}

extension WorldDescription.AzureResource {
  var host: String { name + AzureResource.hostSuffix }
}
