import Hummingbird
import Synchronization
import Wire
import Worlds

/// What can be asked of a response that was stored.
enum StoredResponseOperation: Sendable, Equatable {
  case show(String)
  case delete(String)
  case cancel(String)
  case listInput(String)
}

extension InferenceService {
  /// - Throws: `Refusal` for a response that is not, or no longer, there.
  func answer(
    _ operation: StoredResponseOperation,
    for caller: InferenceCaller,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) throws -> Response {
    switch operation {
    case .show(let id):
      let stored = try storedResponse(id, of: caller.projectID)
      return free(stored.body, for: caller, plan, call)
    case .delete(let id):
      try deleteResponse(id, of: caller.projectID)
      let deleted = JSONValue.object([
        .init("id", .string(id)), .init("object", .string("response")),
        .init("deleted", .bool(true)),
      ])
      return free(deleted.json(), for: caller, plan, call)
    case .cancel(let id):
      // Nothing runs in the background here, so there is nothing to cancel.
      _ = try storedResponse(id, of: caller.projectID)
      throw Refusal(400, "Cannot cancel a synchronous response.")
    case .listInput(let id):
      let list = try storedResponse(id, of: caller.projectID).inputList
      return free(list.json(), for: caller, plan, call)
    }
  }

  /// What the input of a request would cost.
  ///
  /// - Throws: `Refusal` for an earlier response that is not, or no longer, there.
  func countInput(
    of asked: ResponsesRequest,
    for caller: InferenceCaller,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) throws -> Response {
    var chat = asked.chat
    chat.messages = try conversation(asked, of: caller.projectID)
    let count = JSONValue.object([
      .init("object", .string("response.input_tokens")),
      .init("input_tokens", .integer(chat.instructed(asked.instructions).promptTokens)),
    ])
    return free(count.json(), for: caller, plan, call)
  }

  /// A 200 that costs nothing.
  func free(
    _ body: [UInt8],
    for caller: InferenceCaller,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) -> Response {
    let facts = SuccessFacts(
      caller: caller,
      draws: draws(for: call.observed),
      processing: .zero
    )
    return whole(body, facts, plan, call)
  }

  private func storedResponse(_ id: String, of projectID: String) throws -> StoredResponse {
    guard let stored = state.withLock({ $0.responses.response(id, of: projectID) }) else {
      throw Refusal.unknownResponse(id)
    }
    return stored
  }

  private func deleteResponse(_ id: String, of projectID: String) throws {
    guard state.withLock({ $0.responses.delete(id, of: projectID) }) else {
      throw Refusal.unknownResponse(id)
    }
  }
}

extension OngoingCall {
  /// Notes what a request says: also that of a call that is going to be refused.
  func note(_ asked: ResponsesRequest) {
    note(asked.chat.instructed(asked.instructions))
  }
}

extension ChatCompletionRequest {
  /// With the instructions of a response's request before everything else.
  func instructed(_ instructions: String?) -> ChatCompletionRequest {
    guard let instructions else { return self }
    var chat = self
    chat.messages.insert(ChatMessage(role: .developer, content: instructions), at: 0)
    return chat
  }
}

extension StoredResponse {
  fileprivate var inputList: JSONValue {
    let suffix = id.dropFirst("resp_".count)
    let items = inputItems.enumerated().map { number, item -> JSONValue in
      guard case .object(let members) = item, item["id"] == nil else { return item }
      return .object([.init("id", .string("msg_\(suffix)_\(number)"))] + members)
    }
    return .object([
      .init("object", .string("list")),
      .init("data", .array(items)),
      .init("first_id", items.first?["id"] ?? .null),
      .init("last_id", items.last?["id"] ?? .null),
      .init("has_more", .bool(false)),
    ])
  }
}
