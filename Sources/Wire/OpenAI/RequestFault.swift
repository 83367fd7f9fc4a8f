/// Why a body is not the request that an endpoint wants, in the terms of OpenAI's errors.
package enum RequestFault: Error, Equatable {
  case notJSON
  case missing(parameter: String)
  case unknown(parameter: String)
  /// The parameter is there with a value of another kind, or one that is not allowed.
  case invalid(parameter: String, wanted: String)
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
    } catch JSONFault.unexpected {
      throw RequestFault.invalid(parameter: parameter(), wanted: wanted)
    } catch is JSONFault {
      throw RequestFault.notJSON
    }
  }
}
