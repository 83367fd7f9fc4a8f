import Wire

/// Whether a value is an instance of a schema: the other side of what makes instances.
struct SchemaChecker {
  let root: JSONValue

  func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    if let flag = schema.flag { return flag }
    if let reference = schema["$ref"]?.text, !accepts(value, target(reference)) { return false }
    if let constant = schema["const"], constant != value { return false }
    if let choices = schema["enum"]?.elements, !choices.contains(value) { return false }
    if let parts = schema["allOf"]?.elements, !parts.allSatisfy({ accepts(value, $0) }) {
      return false
    }
    if let branches = schema["anyOf"]?.elements, !branches.contains(where: { accepts(value, $0) }) {
      return false
    }
    if let type = schema["type"] {
      let types = type.elements ?? [type]
      guard types.contains(where: { has(value, type: $0.text ?? "") }) else { return false }
    }
    switch value {
    case .object(let members): return accepts(members, schema)
    case .array(let elements):
      guard elements.count >= schema["minItems"]?.wholeNumber ?? 0,
        elements.count <= schema["maxItems"]?.wholeNumber ?? .max
      else { return false }
      if schema["uniqueItems"]?.flag == true, Set(elements).count < elements.count { return false }
      return elements.allSatisfy { accepts($0, schema["items"] ?? .bool(true)) }
    case .string(let text):
      return text.unicodeScalars.count >= schema["minLength"]?.wholeNumber ?? 0
        && text.unicodeScalars.count <= schema["maxLength"]?.wholeNumber ?? .max
    case .integer, .double: return acceptsNumber(value.number ?? .nan, schema)
    case .null, .bool: return true
    }
  }

  private func accepts(_ members: [JSONValue.Member], _ schema: JSONValue) -> Bool {
    let names = members.map(\.name)
    guard Set(names).count == names.count else { return false }
    for name in (schema["required"]?.elements ?? []).compactMap(\.text) where !names.contains(name)
    {
      return false
    }
    guard members.count >= schema["minProperties"]?.wholeNumber ?? 0 else { return false }
    return members.allSatisfy { member in
      if let property = schema["properties"]?[member.name] {
        return accepts(member.value, property)
      }
      return accepts(member.value, schema["additionalProperties"] ?? .bool(true))
    }
  }

  private func acceptsNumber(_ number: Double, _ schema: JSONValue) -> Bool {
    if let least = schema["minimum"]?.number, number < least { return false }
    if let most = schema["maximum"]?.number, number > most { return false }
    if let above = schema["exclusiveMinimum"]?.number, number <= above { return false }
    if let below = schema["exclusiveMaximum"]?.number, number >= below { return false }
    if let step = schema["multipleOf"]?.number {
      return (number / step - (number / step).rounded()).magnitude < 1e-9
    }
    return true
  }

  private func has(_ value: JSONValue, type: String) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
      ("null", .null), ("number", .integer), ("number", .double), ("integer", .integer):
      true
    default: false
    }
  }

  private func target(_ reference: String) -> JSONValue {
    reference.dropFirst().split(separator: "/").reduce(root) { $0[String($1)] ?? .bool(false) }
  }
}
