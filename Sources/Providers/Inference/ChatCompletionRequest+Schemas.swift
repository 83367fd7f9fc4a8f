import Wire

extension ChatCompletionRequest {
  /// - Throws: `Refusal` for a schema of more nodes than one may have.
  func checkSchemas() throws {
    if case .jsonSchema(let name, let schema, _) = parameters.responseFormat,
      !schema.hasNodes(atMost: SchemaInstance.mostNodes)
    {
      throw Refusal.schemaTooLarge(
        "response_format '\(name.prefix(64))'",
        param: "response_format"
      )
    }
    for (index, offer) in parameters.tools.enumerated() {
      guard let schema = offer.parameters else { continue }
      guard schema.hasNodes(atMost: SchemaInstance.mostNodes) else {
        throw Refusal.schemaTooLarge(
          "function '\(offer.name)'",
          param: "tools[\(index)].function.parameters",
          code: "invalid_function_parameters"
        )
      }
    }
  }
}

extension JSONValue {
  /// Objects, arrays and elements of arrays are nodes; plain members of objects are not.
  fileprivate func hasNodes(atMost limit: Int) -> Bool {
    var room = limit
    count(&room)
    return room >= 0
  }

  private func count(_ room: inout Int) {
    switch self {
    case .array(let elements):
      room -= 1 + elements.count
      for element in elements where room >= 0 { element.count(&room) }
    case .object(let members):
      room -= 1
      for member in members where room >= 0 { member.value.count(&room) }
    default: break
    }
  }
}
