import Hummingbird
import Wire
import Worlds

/// The responses API, where `model` names a deployment.
extension AzureOpenAIMock {
  func createResponse(
    _ body: [UInt8],
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let (asked, caller, plan) = try await readResponsesRequest(body, request, call, admission)
    let (place, model) = try find(asked.chat.model, admission)
    guard case .chat = model.kind else {
      throw AzureRefusal.unsupported(.createResponse, model: model.id)
    }
    return try await inference.respond(
      to: asked,
      model: model,
      for: caller,
      limit: limit(of: place, model, .createResponse, admission, call),
      plan,
      call
    )
  }

  /// What the input of a request would cost.
  func countInputTokens(
    _ body: [UInt8],
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> Response {
    let (asked, caller, plan) = try await readResponsesRequest(body, request, call, admission)
    _ = try find(asked.chat.model, admission)
    return try inference.countInput(of: asked, for: caller, plan, call)
  }

  private func readResponsesRequest(
    _ body: [UInt8],
    _ request: Request,
    _ call: OngoingCall,
    _ admission: Admission
  ) async throws -> (ResponsesRequest, InferenceCaller, CallPlan) {
    let parsed = Result { try ResponsesRequest(json: body) }
    let asked = try? parsed.get()
    if let asked { call.note(asked) }
    let plan = try await plan(call, question: asked?.chat.question ?? "", admission)
    let caller = try checkCaller(call, admission, request)
    do { return (try parsed.get(), caller, plan) } catch { throw Refusal.parsing(error) }
  }
}
