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
    var chat = asked.chat
    chat.messages = try inference.conversation(asked, of: caller.projectID)
    if let instructions = asked.instructions {
      chat.messages.insert(ChatMessage(role: .developer, content: instructions), at: 0)
    }
    let count = JSONValue.object([
      .init("object", .string("response.input_tokens")),
      .init("input_tokens", .integer(chat.promptTokens)),
    ])
    return answer(count, caller, plan, call)
  }

  private func readResponsesRequest(
    _ request: Request,
    _ call: OngoingCall
  ) async throws -> (Result<ResponsesRequest, any Error>, CallPlan) {
    let body = try await readBody(request, call)
    let parsed = Result { try ResponsesRequest(json: body) }
    let asked = try? parsed.get()
    if let asked {
      var noted = asked.chat
      if let instructions = asked.instructions {
        noted.messages.insert(ChatMessage(role: .developer, content: instructions), at: 0)
      }
      call.note(noted)
    }
    return (parsed, try await plan(call, question: asked?.chat.question ?? ""))
  }

  func showResponse(_ id: String, _ call: OngoingCall) async throws -> Response {
    let plan = try await plan(call)
    let caller = try checkCaller(call)
    let stored = try inference.storedResponse(id, of: caller.projectID)
    let facts = SuccessFacts(
      caller: caller,
      draws: inference.draws(for: call.observed),
      processing: .zero
    )
    return inference.whole(stored.body, facts, plan, call)
  }

  func deleteResponse(_ id: String, _ call: OngoingCall) async throws -> Response {
    let plan = try await plan(call)
    let caller = try checkCaller(call)
    try inference.deleteResponse(id, of: caller.projectID)
    let deleted = JSONValue.object([
      .init("id", .string(id)), .init("object", .string("response")), .init("deleted", .bool(true)),
    ])
    return answer(deleted, caller, plan, call)
  }

  /// Nothing runs in the background here, so there is nothing to cancel.
  func cancelResponse(_ id: String, _ call: OngoingCall) async throws -> Response {
    _ = try await plan(call)
    let caller = try checkCaller(call)
    _ = try inference.storedResponse(id, of: caller.projectID)
    throw Refusal(400, "Cannot cancel a synchronous response.")
  }

  func listInputItems(_ id: String, _ call: OngoingCall) async throws -> Response {
    let plan = try await plan(call)
    let caller = try checkCaller(call)
    let stored = try inference.storedResponse(id, of: caller.projectID)
    let suffix = id.dropFirst("resp_".count)
    let items = stored.inputItems.enumerated().map { number, item -> JSONValue in
      guard case .object(let members) = item, item["id"] == nil else { return item }
      return .object([.init("id", .string("msg_\(suffix)_\(number)"))] + members)
    }
    let list = JSONValue.object([
      .init("object", .string("list")),
      .init("data", .array(items)),
      .init("first_id", items.first?["id"] ?? .null),
      .init("last_id", items.last?["id"] ?? .null),
      .init("has_more", .bool(false)),
    ])
    return answer(list, caller, plan, call)
  }
}
