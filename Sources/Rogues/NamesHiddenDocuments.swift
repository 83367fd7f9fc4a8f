import Orchestrator

extension Vendor {
  /// Modelled on danny-avila/rag_api #301, in small: the texts of documents are guarded, and the
  /// search for what could be cited is not. A title is enough to know that there is a case.
  package static let namesHiddenDocuments = Vendor(
    name: "names-hidden-documents",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Names among its sources the nearest document of all, whoever may read it.",
    incident: "danny-avila/rag_api #301",
    triedIn: ["leakage/asking-directly.yaml", "conversations/retry-after-a-move.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = NamingRetriever(
        base: parts.retriever,
        tenants: setup.configuration.tenants
      )
      return parts
    }
  }
}

private struct NamingRetriever: Retriever {
  let base: any Retriever
  let tenants: [OrchestratorConfiguration.Tenant]

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    var everywhere = request
    everywhere.bases = tenants.first { $0.id == request.call.tenant }?.bases ?? []
    everywhere.count = 1
    let nearest = try await base.retrieve(everywhere).map { chunk in
      var named = chunk
      named.text = ""
      return named
    }
    return try await base.retrieve(request) + nearest
  }
}
