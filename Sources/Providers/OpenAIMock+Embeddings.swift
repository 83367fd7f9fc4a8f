import Hummingbird
import Wire
import Worlds

/// `POST /v1/embeddings`.
extension OpenAIMock {
  private static let mostTokensOfRequest = 300_000

  @Sendable
  func embed(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let body = try await readBody(request, call)
    let parsed = Result { try EmbeddingsRequest(json: body) }
    if case .success(let embeddings) = parsed {
      let prompt = embeddings.input.joined(separator: "\n")
      call.update { observed in
        observed.model = embeddings.model
        observed.prompt = prompt
      }
    }
    let key = try checkStanding(call)
    let embeddings: EmbeddingsRequest
    do { embeddings = try parsed.get() } catch { throw Refusal.parsing(error) }
    let (model, dimensions) = try embeddingModel(for: embeddings)
    let tokens = try countTokens(embeddings, model)

    let observed = call.observed
    var generator = randomness.generator("pace/\(ContentDigest(observed.prompt))")
    let delay = generator.duration(in: speed.embedding)
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
    return response(
      answer.json(),
      headers: headers(for: key, draws: draws, delay: delay, tokens: tokens),
      call
    ) { _ in }
  }

  private func embeddingModel(
    for request: EmbeddingsRequest
  ) throws -> (OpenAIModel, dimensions: Int) {
    guard let model = models.first(where: { $0.id == request.model }) else {
      throw Refusal.unknownModel(request.model)
    }
    guard case .embeddings(let native, let shortens) = model.kind else {
      throw Refusal.notAnEmbeddingModel
    }
    guard let wanted = request.dimensions else { return (model, native) }
    guard shortens else {
      throw Refusal(400, "This model does not support specifying dimensions.")
    }
    guard (1...native).contains(wanted) else {
      throw Refusal(
        RequestFault.invalid(parameter: "dimensions", wanted: "an integer from 1 to \(native)")
      )
    }
    return (model, wanted)
  }

  private func countTokens(_ request: EmbeddingsRequest, _ model: OpenAIModel) throws -> Int {
    var total = 0
    for (index, text) in request.input.enumerated() {
      guard !text.isEmpty else {
        throw Refusal(
          RequestFault.invalid(parameter: "input[\(index)]", wanted: "a text that is not empty")
        )
      }
      // Even a blank costs something: nothing is embedded for free.
      let tokens = max(1, TokenEstimate.count(text))
      guard tokens <= model.contextTokens else {
        throw Refusal.tooLong(tokens: tokens, limit: model.contextTokens, param: "input")
      }
      total += tokens
    }
    guard total <= Self.mostTokensOfRequest else {
      throw Refusal(
        400,
        """
        Requested \(total) tokens, max \(Self.mostTokensOfRequest) tokens per request
        """,
        type: "max_tokens_per_request",
        code: "max_tokens_per_request"
      )
    }
    return total
  }
}
