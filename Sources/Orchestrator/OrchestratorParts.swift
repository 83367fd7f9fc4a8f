package import Worlds

/// The exchangeable parts of the product, one for each promise that a variant may treat otherwise.
package struct OrchestratorParts: Sendable {
  package var custody: any KeyCustody
  package var model: any LanguageModel
  package var retriever: any Retriever
  package var answerer: any Answerer
  package var journal: any MessageJournal
  package var diagnostics: any Diagnostics
  /// For everything but model calls: those have the environment's since they were built.
  package var transport: any HTTPTransport

  /// The product as it is sold. A part that is given replaces the standard one, and those that are
  /// built on it use it.
  package static func standard(
    _ environment: OrchestratorEnvironment,
    custody: (any KeyCustody)? = nil,
    model: (any LanguageModel)? = nil,
    retriever: (any Retriever)? = nil,
    answerer: (any Answerer)? = nil,
    journal: (any MessageJournal)? = nil,
    diagnostics: (any Diagnostics)? = nil
  ) throws -> OrchestratorParts {
    let custody = try custody ?? environment.configuredCustody()
    let model = try model ?? OpenAILanguageModel(environment, custody: custody)
    return OrchestratorParts(
      custody: custody,
      model: model,
      retriever: retriever ?? VectorRetriever(environment, model: model),
      answerer: answerer ?? PromptingAnswerer(model: model),
      journal: journal ?? MessageStore(environment),
      diagnostics: diagnostics ?? ConfigurationDiagnostics(environment),
      transport: environment.transport
    )
  }
}
