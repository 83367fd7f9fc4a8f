/// All that an answer is made of.
package struct AnswerRequest: Sendable {
  package var organization: String
  package var question: String
  /// Oldest first; only what everybody in the conversation may see.
  package var turns: [ConversationTurn]
  /// Nearest first; only what everybody in the conversation may see.
  package var chunks: [RetrievedChunk]
  package var call: ModelCall
  /// Told the answer so far, where somebody watches it grow.
  package var progress: (@Sendable (String) -> Void)?

  package init(
    organization: String,
    question: String,
    turns: [ConversationTurn],
    chunks: [RetrievedChunk],
    call: ModelCall,
    progress: (@Sendable (String) -> Void)? = nil
  ) {
    self.progress = progress
    self.organization = organization
    self.question = question
    self.turns = turns
    self.chunks = chunks
    self.call = call
  }
}

/// Makes the answer's text out of a question and what it may draw on.
package protocol Answerer: Sendable {
  /// - Throws: `ModelFailure`.
  func answer(_ request: AnswerRequest) async throws -> String
}

/// Asks the model every time: nothing is answered from what others were told.
package struct PromptingAnswerer: Answerer {
  private let model: any LanguageModel

  package init(model: any LanguageModel) {
    self.model = model
  }

  package func answer(_ request: AnswerRequest) async throws -> String {
    let messages = Prompt.messages(for: request)
    guard let progress = request.progress else {
      return try await model.complete(messages, for: request.call)
    }
    return try await model.complete(messages, for: request.call, telling: progress)
  }
}
