import Foundation
import Wire
import Worlds

/// A request of an administrator, as what answers it needs it.
struct AdministrationCall: Sendable {
  let key: ProviderAccounts.AdminKey
  let query: QueryParameters
  let body: [UInt8]
  let now: Timestamp
  /// The parts of the path that are names, by what they name.
  let parameters: [String: String]

  var organizationID: String { key.organizationID }

  func parameter(_ name: String) -> String {
    parameters[name] ?? ""
  }

  /// - Throws: `Refusal` with the body's first fault.
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try RequestBodyDecoder.decode(type, from: body)
  }

  /// - Throws: `Refusal` unless the lifetime is from a second to ten years.
  func expiry(after seconds: Int?) throws -> Timestamp? {
    guard let seconds else { return nil }
    guard (1...315_360_000).contains(seconds) else {
      let wanted = "an integer from 1 to 315360000"
      throw Refusal(RequestFault.invalid(parameter: "expires_in_seconds", wanted: wanted))
    }
    return now + .seconds(seconds)
  }
}

/// JSON bodies of requests whose faults are told as the provider tells them.
enum RequestBodyDecoder {
  static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws -> Value {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(type, from: Data(body))
    } catch let error as DecodingError {
      throw Refusal(fault(error))
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(RequestFault.notJSON)
    }
  }

  private static func fault(_ error: DecodingError) -> RequestFault {
    func name(_ path: [any CodingKey]) -> String {
      path.map { snakeCase($0.stringValue) }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return .missing(parameter: name(context.codingPath + [key]))
    case .valueNotFound(_, let context):
      return .invalid(parameter: name(context.codingPath), wanted: "a value that is not null")
    case .typeMismatch(let type, let context):
      return .invalid(parameter: name(context.codingPath), wanted: words(for: type))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return .invalid(parameter: name(context.codingPath), wanted: context.debugDescription)
    default: return .notJSON
    }
  }

  /// Back to how the request writes it.
  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      text += character.isUppercase ? "_\(character.lowercased())" : String(character)
    }
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "a boolean"
    case is Int.Type, is Int64.Type: "an integer"
    case is Double.Type: "a number"
    default: "another kind of value"
    }
  }
}
