import Foundation

/// The language as JSON Schema 2020-12, for editors that complete and check while one writes. It
/// judges the shape of a file; what only the world or the whole story can tell is the loader's.
package struct LanguageSchema {
  private let guarantees: [String]
  /// Whether `${name}` may stand in a value's place: a world's own file has no parameters.
  private let hasParameters: Bool

  /// - Parameter guarantees: The ids that `shows` may name.
  package init(guarantees: [String]) {
    self.init(guarantees: guarantees, hasParameters: true)
  }

  private init(guarantees: [String], hasParameters: Bool) {
    self.guarantees = guarantees
    self.hasParameters = hasParameters
  }

  /// One schema for both kinds of file: a file with `scenario` in it is a scenario, any other a
  /// world.
  package var document: SchemaValue {
    var definitions: [String: SchemaValue] = [:]
    add(.scenario, to: &definitions)
    let ofWorldFiles = LanguageSchema(guarantees: guarantees, hasParameters: false)
    ofWorldFiles.add(.world, to: &definitions)
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Keyproof scenario and world files",
      "type": "object",
      "if": ["required": ["scenario"]],
      "then": reference(to: .scenario),
      "else": ofWorldFiles.reference(to: .world),
      "$defs": .object(definitions),
    ]
  }

  package func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private func reference(to shape: Shape) -> SchemaValue {
    ["$ref": .text("#/$defs/\(definition(of: shape))")]
  }

  private func definition(of shape: Shape) -> String {
    hasParameters ? shape.name : shape.name + "-in-a-world-file"
  }

  private func add(_ shape: Shape, to definitions: inout [String: SchemaValue]) {
    let name = definition(of: shape)
    guard definitions[name] == nil else { return }
    // Before its words, which may lead back to it.
    definitions[name] = .object([:])
    var properties: [String: SchemaValue] = [:]
    for word in shape.words {
      properties[word.name] = described(word, &definitions)
    }
    var schema: [String: SchemaValue] = [
      "description": .text(shape.about),
      "properties": .object(properties),
      "additionalProperties": false,
    ]
    let required = shape.words.filter(\.isRequired).map(\.name)
    // Nothing behind the key is an empty mapping, where that is enough.
    let mayBeEmpty = required.isEmpty && !shape.rules.contains(where: \.wantsSomething)
    schema["type"] = mayBeEmpty ? ["object", "null"] : "object"
    if !required.isEmpty { schema["required"] = .list(required.map(SchemaValue.text)) }
    var conditions = shape.rules.map { condition($0, in: shape) }
    if shape.name == Shape.step.name { conditions += expectationsByAction(&definitions) }
    if !conditions.isEmpty { schema["allOf"] = .list(conditions) }
    definitions[name] = .object(schema)
  }

  private func described(_ word: Shape.Word, _ definitions: inout [String: SchemaValue])
    -> SchemaValue
  {
    guard case .object(var schema) = value(word.takes, &definitions) else { return true }
    schema["description"] = .text(word.about)
    return .object(schema)
  }

  private func expectationsByAction(_ definitions: inout [String: SchemaValue]) -> [SchemaValue] {
    ActionWord.allCases.map { word in
      var expected: SchemaValue = false
      if let shape = Shape.expectations(of: word) {
        add(shape, to: &definitions)
        expected = reference(to: shape)
      }
      return [
        "if": ["required": [.text(word.rawValue)]],
        "then": ["properties": ["expect": expected]],
      ]
    }
  }

  private func condition(_ rule: Shape.Rule, in shape: Shape) -> SchemaValue {
    func present(_ word: String) -> SchemaValue { ["required": [.text(word)]] }
    switch rule {
    case .oneOf(let words): return ["oneOf": .list(words.map(present))]
    case .notEmpty: return ["minProperties": 1]
    case .someOf(let words): return ["anyOf": .list(words.map(present))]
    case .notBoth(let first, let second):
      return ["not": ["required": [.text(first), .text(second)]]]
    case .wants(let first, let second):
      return ["dependentRequired": .object([first: [.text(second)]])]
    case .wantsOneOf(let first, let others):
      return ["if": present(first), "then": ["anyOf": .list(others.map(present))]]
    case .with(let word, let value, let must, let mayNot):
      var then: [String: SchemaValue] = [:]
      if !must.isEmpty { then["required"] = .list(must.map(SchemaValue.text)) }
      if !mayNot.isEmpty {
        then["properties"] = .object(
          Dictionary(mayNot.map { ($0, false) }, uniquingKeysWith: { first, _ in first })
        )
      }
      let takes = shape.words.first { $0.name == word }?.takes
      let constant: SchemaValue =
        if case .boolean? = takes { .flag(value == "true") } else { .text(value) }
      return [
        "if": [
          "required": [.text(word)],
          "properties": .object([word: ["const": constant]]),
        ],
        "then": .object(then),
      ]
    }
  }

  /// A value, or `${name}` in its place wherever a text can stand and a parameter can be.
  private func value(_ value: Value, _ definitions: inout [String: SchemaValue]) -> SchemaValue {
    let plain = plainValue(value, &definitions)
    guard hasParameters else { return plain }
    switch value {
    case .text, .vendor, .path, .dateAndTime, .parameter, .stepName, .list, .someOf, .entries,
      .mapping, .named, .someNamed, .judged, .either:
      return plain
    default: return ["anyOf": [plain, ["type": "string", "pattern": "\\$\\{[a-z0-9-]+\\}"]]]
    }
  }

  private func plainValue(_ value: Value, _ definitions: inout [String: SchemaValue])
    -> SchemaValue
  {
    switch value {
    case .text, .vendor, .path, .dateAndTime: return Self.plainText
    case .identifier:
      return [
        "type": ["string", "integer", "boolean"], "minimum": 0,
        "pattern": "^[a-z0-9][a-z0-9-]{0,39}$",
      ]
    case .name(let kind): return ["type": ["string", "integer", "boolean"], "title": .text(kind)]
    case .duration: return ["type": "string", "pattern": .text("^\(Self.duration)$")]
    case .span:
      return [
        "type": "string", "pattern": .text("^\(Self.duration)$"),
        "not": ["pattern": "^(0+[a-z]+)+$"],
      ]
    case .rangeOfDurations:
      return [
        "type": "string", "pattern": .text("^\(Self.duration)(\\.\\.\(Self.duration))?$"),
      ]
    case .moment:
      return [
        "type": "string",
        "pattern": .text("^(\(Self.duration)|(\(Self.duration) (after|before) )?\(Self.name))$"),
      ]
    case .stepName: return ["type": "string", "pattern": .text("^\(Self.name)$")]
    case .parameter:
      return ["type": ["string", "number", "boolean"], "pattern": "^[^,]*[^, ][^,]*$"]
    case .integer(let range):
      return [
        "type": "integer", "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ]
    case .month: return Self.month
    case .boolean: return ["type": "boolean"]
    case .oneOf(let words): return ["enum": .list(words.map(SchemaValue.text))]
    case .guarantee: return ["enum": .list(guarantees.map(SchemaValue.text))]
    case .host:
      return [
        "type": ["string", "number", "boolean"],
        "pattern": "^[a-z0-9-]([a-z0-9.-]{0,251}[a-z0-9-])?$",
      ]
    case .list(let element):
      let one = self.value(element, &definitions)
      return ["anyOf": [one, ["type": "array", "items": one]]]
    case .someOf(let element):
      let one = self.value(element, &definitions)
      return ["anyOf": [one, ["type": "array", "minItems": 1, "items": one]]]
    case .entries(let element):
      return ["type": "array", "minItems": 1, "items": self.value(element, &definitions)]
    case .mapping(let shape):
      add(shape, to: &definitions)
      return reference(to: shape)
    case .named(let element), .someNamed(let element), .judged(let element):
      let mayBeEmpty = if case .someNamed = value { false } else { true }
      let isJudged = if case .judged = value { true } else { false }
      let prefix = isJudged ? "(check:)?" : ""
      return [
        "type": mayBeEmpty ? ["object", "null"] : "object",
        "minProperties": mayBeEmpty ? 0 : 1,
        "propertyNames": ["pattern": .text("^\(prefix)[a-z0-9][a-z0-9-]{0,39}$")],
        "additionalProperties": self.value(element, &definitions),
      ]
    case .either(let values):
      return ["anyOf": .list(values.map { self.value($0, &definitions) })]
    }
  }

  /// Whatever is written without structure is text to the reader: `42` and `yes` too.
  private static let plainText: SchemaValue = [
    "type": ["string", "number", "boolean"], "pattern": "\\S",
  ]
  private static let month: SchemaValue = [
    "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
  ]
  private static let duration =
    "(?=[0-9])([0-9]{1,15}y)?([0-9]{1,15}w)?([0-9]{1,15}d)?([0-9]{1,15}h)?([0-9]{1,15}m(?!s))?"
    + "([0-9]{1,15}s)?([0-9]{1,15}ms)?"
  private static let name = "[a-z][a-z0-9-]{0,39}"
}

extension Shape.Rule {
  /// Whether an empty mapping breaks it.
  fileprivate var wantsSomething: Bool {
    switch self {
    case .oneOf, .someOf, .notEmpty: true
    case .notBoth, .wants, .wantsOneOf, .with: false
    }
  }
}
