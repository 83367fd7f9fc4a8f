/// Why a body is not the request that an endpoint wants, in the terms of OpenAI's errors.
package enum RequestFault: Error, Equatable {
  case notJSON
  case missing(parameter: String)
  case unknown(parameter: String)
  /// The parameter is there with JSON of another kind than the one wanted.
  case wrongType(parameter: String, wanted: String, found: String)
  /// The parameter is there with a value that is not allowed.
  case invalid(parameter: String, wanted: String)
  /// The parameter is documented, and asks for what is not offered here.
  case notOffered(parameter: String, advice: String)
  /// A tool's message that answers no call.
  case misplacedToolMessage(number: Int)
  /// An assistant's calls that no tool's message follows.
  case unansweredToolCalls([String])
}

extension RequestFault {
  /// Reads a whole body. One that is JSON but no object counts as none.
  static func reading<Value>(_ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch is JSONFault {
      throw RequestFault.notJSON
    }
  }

  /// Reads one parameter, naming it in the fault when its value is of the wrong kind.
  static func naming<Value>(
    _ parameter: @autoclosure () -> String,
    wanted: String,
    _ read: () throws -> Value
  ) throws -> Value {
    do {
      return try read()
    } catch JSONFault.unexpected(let kind, _) {
      throw RequestFault.wrongType(
        parameter: parameter(),
        wanted: wanted,
        found: kind.words(where: wanted)
      )
    } catch is JSONFault {
      throw RequestFault.notJSON
    }
  }
}

extension JSONReader.Kind {
  /// As messages name it; a number that is there in the place of an integer has a fraction.
  fileprivate func words(where wanted: String) -> String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: wanted.hasPrefix("an integer") ? "a decimal number" : "a number"
    case .boolean: "a boolean"
    case .null: "null"
    }
  }
}
