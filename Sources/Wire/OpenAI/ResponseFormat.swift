/// The form that an answer must have.
package enum ResponseFormat: Sendable, Hashable {
  case text
  /// Some JSON object.
  case jsonObject
  /// An instance of the schema.
  case jsonSchema(name: String, schema: JSONValue, strict: Bool?)
}

extension ResponseFormat {
  /// Reads the nested form of chat completions, or the flat one of responses.
  ///
  /// - Parameter parameter: where it stands, for faults.
  init(from reader: inout JSONReader, parameter: String) throws {
    let value = try reader.readValue()
    switch value["type"]?.text {
    case "text": self = .text
    case "json_object": self = .jsonObject
    case "json_schema":
      let isNested = value["json_schema"] != nil
      let inner = value["json_schema"] ?? value
      let place = isNested ? parameter + ".json_schema" : parameter
      guard let name = inner["name"]?.text, !name.isEmpty else {
        throw RequestFault.missing(parameter: place + ".name")
      }
      // Chat completions take a format without a schema; it asks for any object.
      let schema = inner["schema"] ?? .object([.init("type", .string("object"))])
      guard schema.members != nil else {
        throw RequestFault.invalid(parameter: place + ".schema", wanted: "a JSON schema")
      }
      self = .jsonSchema(name: name, schema: schema, strict: inner["strict"]?.flag)
    case nil: throw RequestFault.missing(parameter: parameter + ".type")
    default:
      throw RequestFault.invalid(
        parameter: parameter + ".type",
        wanted: "text, json_object or json_schema"
      )
    }
  }
}
