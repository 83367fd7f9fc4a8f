import HTTPTypes
import Hummingbird
import NIOCore
import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Modelled on anomalyco/opencode #14401: an endpoint that lists the configured providers returns
  /// their keys with them.
  package static let showsKeyForDebugging = Vendor(
    name: "shows-key-for-debugging",
    kind: .rogue(breaks: ["engineer-exclusion"]),
    summary: "Has an endpoint for debugging that prints the providers with their keys.",
    incident: "anomalyco/opencode #14401",
    triedIn: ["custody/engineer-looks-around.yaml"]
  ) { setup in
    var custody: (any KeyCustody)?
    var program = try setup.program { environment in
      let parts = try OrchestratorParts.standard(environment)
      custody = parts.custody
      return parts
    }
    let tenants = setup.configuration.tenants.map(\.id)
    program.hosts = program.hosts.mapValues { [custody] product in
      { request, context in
        guard request.method == .get, request.uri.path == "/debug/config", let custody else {
          return try await product(request, context)
        }
        var text = "provider: openai\n"
        for tenant in tenants {
          let key = try await custody.open(for: tenant)?.credential.secret
          text += "\(tenant): \(key?.reveal { $0 } ?? "none")\n"
        }
        return Response(
          status: .ok,
          headers: [.contentType: "text/plain"],
          body: .init(byteBuffer: ByteBuffer(string: text))
        )
      }
    }
    return program
  }
}
