import HTTPTypes
import Hummingbird
import NIOCore
import Orchestrator
import Secrets
import Worlds

extension VendorSetup {
  /// The reference orchestrator with an address of its own that shows all customers' keys.
  ///
  /// - Parameters:
  ///   - path: asked for with GET; it may be one that the product has.
  ///   - text: of the page, by customers and their keys; nil for who has none.
  func program(
    showingKeysAt path: String,
    _ text: @escaping @Sendable ([(tenant: String, key: Secret?)]) -> String
  ) throws -> Program {
    var custody: (any KeyCustody)?
    var program = try program { environment in
      let parts = try OrchestratorParts.standard(environment)
      custody = parts.custody
      return parts
    }
    let tenants = configuration.tenants.map(\.id)
    program.hosts = program.hosts.mapValues { [custody] product in
      { request, context in
        guard request.method == .get, request.uri.path == path, let custody else {
          return try await product(request, context)
        }
        var keys: [(tenant: String, key: Secret?)] = []
        for tenant in tenants {
          keys.append((tenant, try await custody.open(for: tenant)?.credential.secret))
        }
        return Response(
          status: .ok,
          headers: [.contentType: "text/plain"],
          body: .init(byteBuffer: ByteBuffer(string: text(keys)))
        )
      }
    }
    return program
  }
}
