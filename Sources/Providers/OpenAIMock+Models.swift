import Foundation
import Hummingbird
import Wire
import Worlds

/// `GET /v1/models` and `GET /v1/models/{id}`: what a vendor checks a key with.
extension OpenAIMock {
  func listModels(_ call: OngoingCall) throws -> Response {
    let key = try checkStanding(call)
    let list = ModelList(data: models.map(ModelList.Model.init))
    return try answer(list, key: key, call)
  }

  func showModel(_ id: String, _ call: OngoingCall) throws -> Response {
    call.update { $0.model = String(id.prefix(200)) }
    let key = try checkStanding(call)
    guard let model = models.first(where: { $0.id == id }) else {
      throw Refusal.unknownModel(id)
    }
    return try answer(ModelList.Model(model), key: key, call)
  }

  private func answer(
    _ body: some Encodable,
    key: ProviderAccounts.Key,
    _ call: OngoingCall
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(body)
    call.update { $0.status = 200 }
    return response(
      Array(bytes),
      headers: headers(for: key, draws: draws(for: call.observed), delay: .zero, tokens: 0),
      call
    ) { _ in }
  }
}

extension ModelList.Model {
  fileprivate init(_ model: OpenAIModel) {
    self.init(id: model.id, created: model.created)
  }
}
