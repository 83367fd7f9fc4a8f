/// A piece of a document that a prompt may hold.
package struct RetrievedChunk: Hashable, Sendable {
  package var base: String
  /// The document's name in its base.
  package var document: String
  package var title: String
  package var heading: String
  package var text: String
  /// Cosine, 0 to 1.
  package var similarity: Float
}

package struct RetrievalRequest: Sendable {
  package var question: String
  /// All that may be drawn on.
  package var bases: [String]
  package var count: Int
  package var call: ModelCall

  package init(question: String, bases: [String], count: Int, call: ModelCall) {
    self.question = question
    self.bases = bases
    self.count = count
    self.call = call
  }
}

/// Finds what a question may draw on, in the bases that are permitted, and in no other.
package protocol Retriever: Sendable {
  /// - Throws: `ModelFailure`, since the question must be embedded first.
  func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk]
}

/// Embeds the question with the customer's key and searches the bases exactly.
package struct VectorRetriever: Retriever {
  private let knowledge: KnowledgeStore
  private let model: any LanguageModel

  package init(_ environment: OrchestratorEnvironment, model: any LanguageModel) {
    knowledge = environment.knowledge
    self.model = model
  }

  package func retrieve(_ request: RetrievalRequest) async throws -> [RetrievedChunk] {
    let tenant = request.call.tenant
    guard try knowledge.hasChunks(in: request.bases, of: tenant) else { return [] }
    guard let query = try await model.embed([request.question], for: request.call).first else {
      throw ModelFailure.unavailable
    }
    return try knowledge.nearest(request.count, to: query, in: request.bases, of: tenant)
  }
}
