import Hummingbird
import Wire
import Worlds

/// `POST /v1/embeddings`.
extension OpenAIMock {
  @Sendable
  func embed(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let body = try await readBody(request, call)
    let parsed = Result { try EmbeddingsRequest(json: body) }
    if case .success(let embeddings) = parsed { call.note(embeddings) }
    let plan = try await plan(call, question: call.observed.prompt)
    let caller = try checkCaller(call)
    let embeddings: EmbeddingsRequest
    do { embeddings = try parsed.get() } catch { throw Refusal.parsing(error) }
    guard let model = model(embeddings.model) else {
      throw Refusal.unknownModel(embeddings.model)
    }
    return try await inference.embed(embeddings, model: model, for: caller, plan, call)
  }
}
