import HTTPTypes
import Hummingbird
import NIOCore
import Orchestrator
import Secrets
import Worlds

extension Vendor {
  /// Modelled on prometheus-community/elasticsearch_exporter #263: what tells one series from
  /// another has a credential in it, and whoever reads the metrics reads that.
  package static let countsByTheKey = Vendor(
    name: "counts-by-the-key",
    kind: .rogue(breaks: ["encrypted-custody", "engineer-exclusion"]),
    summary: "Has metrics that tell customers' keys apart by the keys themselves.",
    incident: "prometheus-community/elasticsearch_exporter #263",
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
        guard request.method == .get, request.uri.path == "/metrics", let custody else {
          return try await product(request, context)
        }
        var text = "# TYPE key_installed gauge\n"
        for tenant in tenants {
          guard let key = try await custody.open(for: tenant)?.credential.secret else { continue }
          text += key.reveal { "key_installed{tenant=\"\(tenant)\",key=\"\($0)\"} 1\n" }
        }
        return Response(
          status: .ok,
          headers: [.contentType: "text/plain; version=0.0.4"],
          body: .init(byteBuffer: ByteBuffer(string: text))
        )
      }
    }
    return program
  }
}
