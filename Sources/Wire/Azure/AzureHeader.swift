package import HTTPTypes

/// The names of the headers that Azure OpenAI adds to HTTP's own and to OpenAI's.
package enum AzureHeader {
  /// Carries a key of the resource.
  package static let apiKey = name("api-key")
  package static let gatewayRequestID = name("apim-request-id")
  package static let clientRequestID = name("x-ms-client-request-id")
  package static let region = name("x-ms-region")
  package static let deployment = name("x-ms-deployment-name")
  package static let modelSession = name("azureml-model-session")
  /// Which limit refused a call.
  package static let policy = name("policy-id")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("\(text) is not a header's name")
    }
    return name
  }
}
