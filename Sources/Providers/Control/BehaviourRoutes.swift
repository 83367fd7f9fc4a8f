import Foundation
import HTTPTypes
import Wire
import Worlds

/// `/behaviour` of a control API: what goes wrong, is slow, scripted or limited on purpose.
struct BehaviourRoutes: Sendable {
  let show: @Sendable () -> ProviderBehaviour
  let set: @Sendable (ProviderBehaviour) -> Void

  var routes: [ControlRoute] {
    [
      ControlRoute(.get, "/behaviour") { _ in try body() },
      ControlRoute(.put, "/behaviour") { call in
        set(try Self.read(call.body))
        return try body()
      },
      ControlRoute(.delete, "/behaviour") { _ in
        set(ProviderBehaviour())
        return try body()
      },
    ]
  }

  private func body() throws -> JSONBody {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return .written(Array(try encoder.encode(show())))
  }

  /// - Throws: `Refusal` that names the place.
  static func read(_ json: [UInt8]) throws -> ProviderBehaviour {
    guard let document = try? JSONValue(json: json), document.members != nil else {
      throw Refusal(400, "The body must be a JSON object.")
    }
    if let (path, known) = ProviderBehaviour.names.firstUnknown(in: document) {
      throw Refusal(
        400,
        "Unknown name '\(path.prefix(200))'; known there: \(known.joined(separator: ", "))."
      )
    }
    do {
      return try JSONDecoder().decode(ProviderBehaviour.self, from: Data(json))
    } catch let error as DecodingError {
      throw Refusal(400, error.sentence)
    }
  }
}

extension DecodingError {
  /// Where it is, and what was wanted there.
  fileprivate var sentence: String {
    let (path, words): ([any CodingKey], String) =
      switch self {
      case .keyNotFound(let key, let context):
        (context.codingPath, "'\(key.stringValue)' is missing")
      case .valueNotFound(_, let context): (context.codingPath, "there is no value")
      case .typeMismatch(_, let context): (context.codingPath, "the value is of the wrong kind")
      case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
      @unknown default: ([], "it cannot be read")
      }
    let place = path.reduce("") { place, key in
      if let index = key.intValue { return "\(place)[\(index)]" }
      return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
    }
    return "Invalid behaviour\(place.isEmpty ? "" : " at '\(place.prefix(200))'"): \(words)."
  }
}
