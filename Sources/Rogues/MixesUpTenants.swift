import Orchestrator
import Synchronization

extension Vendor {
  /// Modelled on 8monkey-ai/hebo-platform PR #168: what is kept for one organization is kept under
  /// a name that another organization uses as well, and whoever came first serves both.
  package static let mixesUpTenants = Vendor(
    name: "mixes-up-tenants",
    kind: .rogue(breaks: ["tenant-isolation", "no-pooling"]),
    summary: "Finds a knowledge base by its name, and forgets whose it is.",
    incident: "8monkey-ai/hebo-platform PR #168",
    triedIn: ["leakage/two-customers.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = NamewiseRetriever(base: parts.retriever)
      return parts
    }
  }
}

private final class NamewiseRetriever: Retriever {
  private let base: any Retriever
  private let owners = Mutex<[String: String]>([:])

  init(base: any Retriever) {
    self.base = base
  }

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    var request = request
    let name = request.bases.joined(separator: "+")
    let asker = request.call.tenant
    request.call.tenant = owners.withLock { owners in
      let owner = owners[name] ?? asker
      owners[name] = owner
      return owner
    }
    return try await base.retrieve(request)
  }
}
