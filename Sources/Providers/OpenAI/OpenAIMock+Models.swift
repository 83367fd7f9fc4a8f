import Hummingbird
import Wire
import Worlds

/// `GET /v1/models` and `GET /v1/models/{id}`: what a vendor checks a key with.
extension OpenAIMock {
  func listModels(_ call: OngoingCall) async throws -> Response {
    let plan = try await plan(call)
    let caller = try checkCaller(call)
    let list = JSONValue.list(models.map(\.object))
    return inference.free(list.json(), for: caller, plan, call)
  }

  func showModel(_ id: String, _ call: OngoingCall) async throws -> Response {
    call.update { $0.model = String(id.prefix(200)) }
    let plan = try await plan(call)
    let caller = try checkCaller(call)
    guard let model = model(id) else { throw Refusal.unknownModel(id) }
    return inference.free(model.object.json(), for: caller, plan, call)
  }
}

extension OpenAIModel {
  /// As it is listed.
  fileprivate var object: JSONValue {
    .object([
      .init("id", .string(id)),
      .init("object", .string("model")),
      .init("created", .integer(Int(created))),
      .init("owned_by", .string("system")),
    ])
  }
}

extension JSONValue {
  /// A list that is not cut into pages.
  static func list(_ data: [JSONValue]) -> JSONValue {
    .object([.init("object", .string("list")), .init("data", .array(data))])
  }
}
