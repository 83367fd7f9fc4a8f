import Foundation
import HTTPTypes
import Wire
import Worlds

/// Latency, faults by rule, scripted answers and rate limits, at any moment.
extension OpenAIControl {
  var behaviourRoutes: [ControlRoute] {
    [
      ControlRoute(.get, "/behaviour", showBehaviour),
      ControlRoute(.put, "/behaviour", setBehaviour),
      ControlRoute(.delete, "/behaviour", clearBehaviour),
    ]
  }

  @Sendable private func showBehaviour(_ call: ControlCall) throws -> JSONBody {
    let encoded = try JSONEncoder().encode(mock.behaviour)
    return JSONBody(try JSONDecoder().decode(JSONValue.self, from: encoded))
  }

  /// Takes the place of all that was in force: counts and allowances start anew.
  @Sendable private func setBehaviour(_ call: ControlCall) throws -> JSONBody {
    mock.behaviour = try RequestBodyDecoder.decode(
      ProviderBehaviour.self,
      from: call.body,
      namesItsKeys: true
    )
    return try showBehaviour(call)
  }

  @Sendable private func clearBehaviour(_ call: ControlCall) throws -> JSONBody {
    mock.behaviour = ProviderBehaviour()
    return try showBehaviour(call)
  }
}

extension JSONBody {
  fileprivate init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .decimal(String(number))
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map(JSONBody.init))
    case .object(let members):
      self = .object(members.map { ($0.name, JSONBody($0.value)) })
    }
  }
}
