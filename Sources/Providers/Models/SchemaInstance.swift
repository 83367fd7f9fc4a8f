import Wire

/// A value that a JSON schema allows, the same one each time. Schemas that contain themselves are
/// followed to a bounded depth, and beyond it only where something is required; what no value
/// could satisfy yields a value that does not.
///
/// Understood are the keywords that strict mode of the API allows, and `allOf`, `oneOf`,
/// `prefixItems`, `minProperties`, `uniqueItems`; a `pattern` is not.
struct SchemaInstance {
  /// Beyond this only what is required is made.
  private static let deepest = 6
  /// Beyond this nothing is made at all.
  private static let bottom = 40
  /// The values that one instance may have before it is held to what is required.
  private static let mostValues = 2_000

  /// Objects, arrays and elements that a request's schema may have. The API's own limit is as many
  /// properties of objects.
  static let mostNodes = 5_000

  private let root: JSONValue
  private let rootType: String
  private var words: String?
  private var room = mostValues
  private(set) var value = JSONValue.null

  /// - Parameters:
  ///   - words: what the first text without a form of its own says.
  ///   - type: of the value where the schema states none.
  init(of schema: JSONValue, filledWith words: String, otherwise type: String = "string") {
    root = schema
    rootType = type
    self.words = words
    value = instance(of: schema, named: "value", depth: 0)
  }

  private mutating func instance(
    of schema: JSONValue,
    named name: String,
    depth: Int,
    number: Int = 0
  ) -> JSONValue {
    // Long names and constants would be repeated as often as short ones.
    room -= 1 + name.utf8.count / 256
    guard depth < Self.bottom, room > -Self.mostValues else { return .null }
    let isBounded = depth >= Self.deepest || room < 0
    let schema = resolved(schema, isBounded: isBounded)
    if let constant = schema["const"] { return taken(constant) }
    if let choices = schema["enum"]?.elements, !choices.isEmpty {
      return taken(choices[number % choices.count])
    }
    switch type(of: schema, isBounded: isBounded) ?? (depth == 0 ? rootType : "string") {
    case "object": return object(schema, depth: depth, isBounded: isBounded)
    case "array": return array(schema, named: name, depth: depth, isBounded: isBounded)
    case "integer", "number": return Self.number(schema, number)
    case "boolean": return .bool(true)
    case "null": return .null
    default: return .string(text(schema, named: name, number: number))
    }
  }

  private mutating func taken(_ constant: JSONValue) -> JSONValue {
    if case .integer = constant { return constant }
    room -= constant.json().count / 256
    return constant
  }

  private func type(of schema: JSONValue, isBounded: Bool) -> String? {
    if let type = schema["type"]?.text { return type }
    if let types = schema["type"]?.elements?.compactMap(\.text), let first = types.first {
      if isBounded, types.contains("null") { return "null" }
      return types.first { $0 != "null" } ?? first
    }
    if schema["properties"] != nil || schema["required"] != nil { return "object" }
    if schema["items"] != nil || schema["prefixItems"] != nil { return "array" }
    if schema["minimum"] != nil || schema["maximum"] != nil { return "number" }
    return nil
  }

  private mutating func object(
    _ schema: JSONValue,
    depth: Int,
    isBounded: Bool
  ) -> JSONValue {
    let required = Set((schema["required"]?.elements ?? []).compactMap(\.text))
    var members: [JSONValue.Member] = []
    var made: Set<String> = []
    for property in schema["properties"]?.members ?? []
    where required.contains(property.name) || !isBounded {
      guard made.insert(property.name).inserted else { continue }
      let value = instance(of: property.value, named: property.name, depth: depth + 1)
      members.append(.init(property.name, value))
    }
    let other = schema["additionalProperties"] ?? .emptyObject
    for name in required.subtracting(made).sorted() where room > -Self.mostValues {
      members.append(.init(name, instance(of: other, named: name, depth: depth + 1)))
    }
    let least = min(schema["minProperties"]?.wholeNumber ?? 0, 100)
    while members.count < least {
      let name = "property\(members.count + 1)"
      members.append(.init(name, instance(of: other, named: name, depth: depth + 1)))
    }
    return .object(members)
  }

  private mutating func array(
    _ schema: JSONValue,
    named name: String,
    depth: Int,
    isBounded: Bool
  ) -> JSONValue {
    let prefix = schema["prefixItems"]?.elements ?? []
    let least = min(schema["minItems"]?.wholeNumber ?? 0, 1_000)
    let most = schema["maxItems"]?.wholeNumber ?? .max
    let count = min(max(least, isBounded ? 0 : max(1, prefix.count)), most)
    var elements: [JSONValue] = []
    for number in 0..<max(0, count) where room > -Self.mostValues {
      let item = number < prefix.count ? prefix[number] : schema["items"] ?? .emptyObject
      elements.append(instance(of: item, named: name, depth: depth + 1, number: number))
    }
    return .array(elements)
  }

  private static func number(_ schema: JSONValue, _ number: Int) -> JSONValue {
    let isWhole =
      schema["type"]?.text == "integer"
      || schema["type"]?.elements?.contains(.string("integer")) == true
    let step = schema["multipleOf"]?.number ?? (isWhole ? 1 : 0)
    let low = schema["minimum"]?.number
    let above = schema["exclusiveMinimum"]?.number
    let high = schema["maximum"]?.number
    let below = schema["exclusiveMaximum"]?.number
    let upper = below ?? high
    var value: Double
    if let least = [low, above].compactMap(\.self).max() {
      value = least
      if step > 0 { value = (least / step).rounded(.up) * step }
      if let above, value <= above {
        value = step > 0 ? value + step : upper.map { (above + $0) / 2 } ?? above + 1
      }
    } else if let upper {
      value = min(1, step > 0 ? (upper / step).rounded(.down) * step : upper)
      if let below, value >= below { value = step > 0 ? value - step : below - 1 }
      if step > 0 { value = (value / step).rounded(.down) * step }
    } else {
      value = step > 0 ? step : 1
    }
    let next = value + Double(number) * (step > 0 ? step : 0.5)
    if upper.map({ next < $0 }) ?? true { value = next }
    if let whole = Int(exactly: value) { return .integer(whole) }
    return .double(value)
  }

  private mutating func text(_ schema: JSONValue, named name: String, number: Int) -> String {
    if let format = schema["format"]?.text, let text = Self.formatted(format, number) {
      return text
    }
    let least = min(schema["minLength"]?.wholeNumber ?? 0, 10_000)
    let most = max(0, schema["maxLength"]?.wholeNumber ?? .max)
    var text = words ?? (number == 0 ? name : "\(name) \(number + 1)")
    words = nil
    if text.unicodeScalars.count > most {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: text.unicodeScalars.prefix(most))
      text = String(scalars)
    }
    let missing = least - text.unicodeScalars.count
    return missing > 0 ? text + String(repeating: "x", count: missing) : text
  }

  private static func formatted(_ format: String, _ number: Int) -> String? {
    let digit = number % 10
    switch format {
    case "date-time": return "2026-01-05T08:00:0\(digit)Z"
    case "date": return "2026-01-1\(digit)"
    case "time": return "08:00:0\(digit)Z"
    case "duration": return "P\(digit + 1)D"
    case "email", "idn-email": return "person\(digit)@example.com"
    case "hostname", "idn-hostname": return "host\(digit).example.com"
    case "uri", "url", "iri", "uri-reference": return "https://example.com/\(digit)"
    case "ipv4": return "192.0.2.\(digit + 1)"
    case "ipv6": return "2001:db8::\(digit + 1)"
    case "uuid": return "00000000-0000-4000-8000-00000000000\(digit)"
    default: return nil
    }
  }
}

/// References and combinations.
extension SchemaInstance {
  /// The schema with references followed, one alternative chosen, and its parts made one.
  private func resolved(_ schema: JSONValue, isBounded: Bool) -> JSONValue {
    var schema = schema
    for _ in 0..<Self.bottom {
      if let reference = schema["$ref"]?.text {
        schema = merged(schema.without("$ref"), with: target(of: reference))
      } else if let parts = schema["allOf"]?.elements {
        schema = parts.reduce(schema.without("allOf")) { merged($0, with: $1) }
      } else if let (keyword, branch) = branch(of: schema, isBounded: isBounded) {
        schema = merged(schema.without(keyword), with: branch)
      } else {
        break
      }
    }
    return schema
  }

  private func branch(of schema: JSONValue, isBounded: Bool) -> (String, JSONValue)? {
    for keyword in ["anyOf", "oneOf"] {
      guard let branches = schema[keyword]?.elements, let first = branches.first else { continue }
      // Near the bound, whatever leads no deeper.
      let chosen = isBounded ? branches.first(where: Self.isFlat) ?? first : first
      return (keyword, chosen)
    }
    return nil
  }

  private static func isFlat(_ schema: JSONValue) -> Bool {
    if schema["const"] != nil || schema["enum"] != nil { return true }
    guard let type = schema["type"]?.text else { return false }
    return type != "object" && type != "array"
  }

  private func target(of reference: String) -> JSONValue {
    guard reference.hasPrefix("#") else { return .emptyObject }
    var found = root
    for part in String(reference.dropFirst()).split(separator: "/") {
      let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      guard let next = found[name] else { return .emptyObject }
      found = next
    }
    return found
  }

  /// Both together: members of the second count where both have one, but properties and what is
  /// required add up.
  private func merged(_ base: JSONValue, with other: JSONValue) -> JSONValue {
    guard case .object(var members) = base, let others = other.members else { return base }
    for member in others {
      guard let index = members.firstIndex(where: { $0.name == member.name }) else {
        members.append(member)
        continue
      }
      switch (member.name, members[index].value, member.value) {
      case ("properties", .object(let old), .object(let new)):
        members[index].value = .object(old + new)
      case ("required", .array(let old), .array(let new)):
        members[index].value = .array(old + new)
      default: members[index].value = member.value
      }
    }
    return .object(members)
  }
}

extension JSONValue {
  fileprivate func without(_ name: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.name != name })
  }
}
