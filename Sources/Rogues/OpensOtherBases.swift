import Orchestrator
import Worlds

/// Vendors whose search has a second way to the documents, without the check of the first.
extension Vendor {
  package static let letsQuestionsNameBases = Vendor(
    name: "lets-questions-name-bases",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Searches a knowledge base that the question names, whoever asks.",
    incident: "NorthlandPositronics/Cogtrix #317, liweiphys/layra #43, open-webui #25113",
    triedIn: ["leakage/naming-the-knowledge-base.yaml"]
  ) { setup in
    try setup.widening { request, bases in
      bases.filter { request.question.contains($0) }
    }
  }

  package static let opensBasesForLongQuestions = Vendor(
    name: "opens-bases-for-long-questions",
    kind: .rogue(breaks: ["department-isolation"]),
    summary: "Searches the parts of a long question apart, and forgets the filter with them.",
    incident: "danny-avila/rag_api #301 (the route for several queries lacks the owner's check)",
    triedIn: ["leakage/asking-directly.yaml"]
  ) { setup in
    try setup.widening { request, bases in request.question.utf8.count > 120 ? bases : [] }
  }
}

extension VendorSetup {
  /// - Parameter more: of the customer's bases those that are searched beyond what is permitted.
  fileprivate func widening(
    _ more: @escaping @Sendable (RetrievalRequest, [String]) -> [String]
  ) throws -> Program {
    let tenants = configuration.tenants
    return try program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.retriever = WideningRetriever(base: parts.retriever, tenants: tenants, more: more)
      return parts
    }
  }
}

private struct WideningRetriever: Retriever {
  let base: any Retriever
  let tenants: [OrchestratorConfiguration.Tenant]
  let more: @Sendable (RetrievalRequest, [String]) -> [String]

  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    var request = request
    let all = tenants.first { $0.id == request.call.tenant }?.bases ?? []
    request.bases = Set(request.bases + more(request, all)).sorted()
    return try await base.retrieve(request)
  }
}
