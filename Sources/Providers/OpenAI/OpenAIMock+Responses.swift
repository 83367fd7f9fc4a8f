import Hummingbird
import Wire
import Worlds

/// The responses API.
extension OpenAIMock {
  @Sendable
  func createResponse(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let (parsed, plan) = try await readResponsesRequest(request, call)
    let caller = try checkCaller(call)
    let asked: ResponsesRequest
    do { asked = try parsed.get() } catch { throw Refusal.parsing(error) }
    guard let model = model(asked.chat.model) else {
      throw Refusal.unknownModelOfResponse(asked.chat.model)
    }
    return try await inference.respond(to: asked, model: model, for: caller, plan, call)
  }

  /// `POST /v1/responses/input_tokens`: what the input of a request would cost.
  @Sendable
  func countInputTokens(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let (parsed, plan) = try await readResponsesRequest(request, call)
    let caller = try checkCaller(call)
    let asked: ResponsesRequest
    do { asked = try parsed.get() } catch { throw Refusal.parsing(error) }
    return try inference.countInput(of: asked, for: caller, plan, call)
  }

  private func readResponsesRequest(
    _ request: Request,
    _ call: OngoingCall
  ) async throws -> (Result<ResponsesRequest, any Error>, CallPlan) {
    let body = try await readBody(request, call)
    let parsed = Result { try ResponsesRequest(json: body) }
    let asked = try? parsed.get()
    if let asked { call.note(asked) }
    return (parsed, try await plan(call, question: asked?.chat.question ?? ""))
  }

  func answer(
    _ operation: StoredResponseOperation,
    _ call: OngoingCall
  ) async throws -> Response {
    let plan = try await plan(call)
    return try inference.answer(operation, for: try checkCaller(call), plan, call)
  }
}
