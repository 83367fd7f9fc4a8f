import Hummingbird
import Synchronization
import Wire
import Worlds

/// Embeddings.
extension InferenceService {
  static let mostTokensOfRequest = 300_000

  /// Answers an embeddings request whose credential was found good.
  ///
  /// - Throws: `Refusal`, or what ends the connection.
  func embed(
    _ embeddings: EmbeddingsRequest,
    model: OpenAIModel,
    for caller: InferenceCaller,
    limit: OwnLimit? = nil,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) async throws -> Response {
    let dimensions = try model.dimensions(for: embeddings)
    let tokens = try Self.countTokens(embeddings, model)
    let ownLimits = try limit?(tokens, nil) ?? OwnAllowance()
    let rateLimits = try takeAllowance(tokens: tokens, model: model, caller)
    let observed = call.observed
    var generator = randomness.generator("pace/\(ContentDigest(observed.prompt))")
    let delay = generator.duration(in: state.withLock { $0.speed.embedding })
    let draws = draws(for: observed)
    call.update { observed in
      observed.status = 200
      observed.promptTokens = tokens
    }
    try await wait(for: delay, after: clock.now, call)

    let embedder = TextEmbedder(dimensions: dimensions)
    let answer = EmbeddingsResponse(
      data: embeddings.input.enumerated().map { index, text in
        .init(
          index: index,
          embedding: EmbeddingVector(
            values: embedder.vector(of: text),
            format: embeddings.encodingFormat ?? .float
          )
        )
      },
      model: model.snapshot,
      usage: TokenUsage(promptTokens: tokens, completionTokens: 0)
    )
    let facts = SuccessFacts(
      caller: caller,
      draws: draws,
      processing: delay,
      rateLimits: rateLimits,
      ownLimits: ownLimits.headers
    )
    return whole(answer.json(), facts, plan, call)
  }

  private static func countTokens(
    _ request: EmbeddingsRequest,
    _ model: OpenAIModel
  ) throws -> Int {
    var total = 0
    for (index, text) in request.input.enumerated() {
      guard !text.isEmpty else {
        throw Refusal(
          RequestFault.invalid(parameter: "input[\(index)]", wanted: "a text that is not empty")
        )
      }
      // Even a blank costs something: nothing is embedded for free.
      let tokens =
        request.tokenCounts.isEmpty
        ? max(1, TokenEstimate.count(text)) : request.tokenCounts[index]
      guard tokens <= model.contextTokens else {
        throw Refusal.tooLong(tokens: tokens, limit: model.contextTokens, param: "input")
      }
      total += tokens
    }
    guard total <= mostTokensOfRequest else {
      throw Refusal(
        400,
        "Requested \(total) tokens, max \(mostTokensOfRequest) tokens per request",
        type: "max_tokens_per_request",
        code: "max_tokens_per_request"
      )
    }
    return total
  }
}

extension OpenAIModel {
  fileprivate func dimensions(for request: EmbeddingsRequest) throws -> Int {
    guard case .embeddings(let native, let shortens) = kind else {
      throw Refusal.notAnEmbeddingModel
    }
    guard let wanted = request.dimensions else { return native }
    guard shortens else {
      throw Refusal(400, "This model does not support specifying dimensions.")
    }
    guard (1...native).contains(wanted) else {
      throw Refusal(
        RequestFault.invalid(parameter: "dimensions", wanted: "an integer from 1 to \(native)")
      )
    }
    return wanted
  }
}
