package import Secrets
package import Wire

/// A model that a resource offers under a name of the customer's choice.
package struct AzureDeployment: Sendable, Hashable {
  package var name: String
  /// The id of one of the mock's models.
  package var model: String
  /// Limits of the deployment; both keys share them.
  package var requestsPerMinute: Int
  package var tokensPerMinute: Int

  package init(
    name: String,
    model: String,
    requestsPerMinute: Int = 100_000,
    tokensPerMinute: Int = 100_000_000
  ) {
    self.name = name
    self.model = model
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }
}

/// An Azure OpenAI resource as its owner has set it up.
package struct AzureResource: Sendable, Hashable {
  /// The first label of its host: `NAME.openai.azure.com`.
  package var name: String
  package var subscription: String
  package var resourceGroup: String
  /// As the portal shows it and as headers name it: `Sweden Central`.
  package var region: String
  package var deployments: [AzureDeployment]
  /// Keys are refused, and Entra tokens alone are taken (`disableLocalAuth`).
  package var refusesKeys: Bool
  /// The first values of its keys; what is not here is made up.
  package var keys: [AzureKeySlot: Secret]

  package init(
    name: String,
    subscription: String = "00000000-0000-4000-8000-000000000001",
    resourceGroup: String = "assistant",
    region: String = "Sweden Central",
    deployments: [AzureDeployment],
    refusesKeys: Bool = false,
    keys: [AzureKeySlot: Secret] = [:]
  ) {
    self.name = name
    self.subscription = subscription
    self.resourceGroup = resourceGroup
    self.region = region
    self.deployments = deployments
    self.refusesKeys = refusesKeys
    self.keys = keys
  }

  package static let hostSuffix = ".openai.azure.com"

  package var host: String { name + Self.hostSuffix }

  package func deployment(_ name: String) -> AzureDeployment? {
    deployments.first { $0.name == name }
  }
}
