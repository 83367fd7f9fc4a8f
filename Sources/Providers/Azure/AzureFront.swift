import HTTPTypes
import Hummingbird
package import Worlds

/// All of the mock's Azure under one address, for a server on one port: Entra's token endpoint and
/// the resource manager are told by their paths, and a resource by the first label of the host
/// that the client named (`acme-openai.localhost:8080`). A host that names none gets the first.
package struct AzureFront: Sendable {
  private let mock: AzureOpenAIMock
  private let entra: Responder
  private let manager: Responder
  private let resources: [(name: String, responder: Responder)]

  package init(mock: AzureOpenAIMock, issuer: EntraIssuer) {
    self.mock = mock
    entra = issuer.responder
    manager = AzureResourceManager(mock: mock).responder
    resources = mock.resources.map { ($0.name.lowercased(), mock.responder(of: $0)) }
  }

  package var responder: Responder {
    { request, context in
      let parts = request.uri.path.split(separator: "/")
      if parts.first == "subscriptions" { return try await manager(request, context) }
      if parts.count > 2, ["oauth2", "discovery", "v2.0"].contains(parts[1]) {
        return try await entra(request, context)
      }
      let label = request.head.authority?.prefix { $0 != "." && $0 != ":" }.lowercased()
      let named = resources.first { $0.name == label } ?? resources.first
      guard let named else { return Response(status: .notFound) }
      return try await named.responder(request, context)
    }
  }
}
