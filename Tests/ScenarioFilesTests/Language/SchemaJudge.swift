import ScenarioFiles
import Yams

/// Whether a YAML tree is an instance of a schema: a second reading of the language, which knows
/// nothing of the first.
final class SchemaJudge {
  private let root: SchemaValue
  /// Made once each: there are few, and they are asked thousands of times.
  private var expressions: [String: Regex<AnyRegexOutput>] = [:]

  init(_ root: SchemaValue) {
    self.root = root
  }

  func accepts(_ node: Node) -> Bool { accepts(node, root) }

  private func accepts(_ node: Node, _ schema: SchemaValue) -> Bool {
    guard case .object(let words) = schema else { return schema == .flag(true) }
    return words.allSatisfy { word, value in accepts(node, word, value, words) }
  }

  private func accepts(
    _ node: Node,
    _ word: String,
    _ value: SchemaValue,
    _ beside: [String: SchemaValue]
  ) -> Bool {
    switch word {
    case "$ref": accepts(node, target(value))
    case "type": value.elements.contains { node.types.contains($0.text) }
    case "enum": value.elements.contains { node.types.contains("string") && $0.text == node.text }
    case "const": node.equals(value)
    case "pattern": !node.types.contains("string") || matches(node.text, value.text)
    case "minimum": Int(node.text).map { $0 >= value.number } ?? true
    case "maximum": Int(node.text).map { $0 <= value.number } ?? true
    case "not": !accepts(node, value)
    case "allOf": value.elements.allSatisfy { accepts(node, $0) }
    case "anyOf": value.elements.contains { accepts(node, $0) }
    case "oneOf": value.elements.count { accepts(node, $0) } == 1
    case "if":
      accepts(node, value)
        ? beside["then"].map { accepts(node, $0) } ?? true
        : beside["else"].map { accepts(node, $0) } ?? true
    case "minItems": (node.sequence?.count ?? value.number) >= value.number
    case "items": node.sequence?.allSatisfy { accepts($0, value) } ?? true
    default: acceptsMembers(of: node, word, value, beside)
    }
  }

  private func acceptsMembers(
    of node: Node,
    _ word: String,
    _ value: SchemaValue,
    _ beside: [String: SchemaValue]
  ) -> Bool {
    guard let mapping = node.mapping else { return true }
    let keys = mapping.keys.map(\.text)
    switch word {
    case "required": return value.elements.allSatisfy { keys.contains($0.text) }
    case "dependentRequired":
      return value.members.allSatisfy { key, needed in
        !keys.contains(key) || needed.elements.allSatisfy { keys.contains($0.text) }
      }
    case "properties":
      return mapping.allSatisfy { key, child in
        value.members[key.text].map { accepts(child, $0) } ?? true
      }
    case "additionalProperties":
      let known = beside["properties"]?.members ?? [:]
      return mapping.allSatisfy { known[$0.key.text] != nil || accepts($0.value, value) }
    case "minProperties": return keys.count >= value.number
    case "propertyNames": return mapping.keys.allSatisfy { accepts($0, value) }
    case "then", "else", "description", "title", "$schema", "$defs": return true
    default: return false
    }
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    if expressions[pattern] == nil { expressions[pattern] = try? Regex(pattern) }
    return (try? expressions[pattern]?.firstMatch(in: text)) != nil
  }

  private func target(_ reference: SchemaValue) -> SchemaValue {
    reference.text.dropFirst(2).split(separator: "/").reduce(root) {
      $0.members[String($1)] ?? false
    }
  }
}

extension SchemaValue {
  var text: String { if case .text(let text) = self { text } else { "" } }
  var number: Int { if case .number(let number) = self { number } else { 0 } }
  var elements: [SchemaValue] { if case .list(let elements) = self { elements } else { [self] } }
  var members: [String: SchemaValue] { if case .object(let all) = self { all } else { [:] } }
}

extension Node {
  var text: String { if case .scalar(let scalar) = self { scalar.string } else { "" } }

  /// As YAML 1.2 resolves it.
  var types: [String] {
    switch self {
    case .mapping: return ["object"]
    case .sequence: return ["array"]
    case .alias: return []
    case .scalar(let scalar):
      guard scalar.style == .plain || scalar.style == .any else { return ["string"] }
      if ["", "~", "null"].contains(scalar.string) { return ["null"] }
      if ["true", "false"].contains(scalar.string) { return ["boolean"] }
      if Int(scalar.string) != nil { return ["integer", "number"] }
      return Double(scalar.string) != nil ? ["number"] : ["string"]
    }
  }

  func equals(_ value: SchemaValue) -> Bool {
    switch value {
    case .flag(let flag): types == ["boolean"] && text == "\(flag)"
    case .text(let expected): types == ["string"] && text == expected
    default: false
    }
  }
}
