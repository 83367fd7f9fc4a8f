import Foundation
import ScenarioFiles
import Yams

/// The values of a mapping by name.
struct StrictFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: StrictDecoder
  let mapping: Node.Mapping
  var codingPath: [any CodingKey] { decoder.codingPath }

  /// Whoever wants all names knows none of them before: they are read as they are written.
  var allKeys: [Key] {
    mapping.compactMap { name, _ in
      name.string.flatMap { name in
        decoder.ask(for: name)
        return Key(stringValue: name)
      }
    }
  }

  func contains(_ key: Key) -> Bool { node(key) != nil }

  func decodeNil(forKey key: Key) -> Bool { node(key)?.isNull ?? true }

  func decode<Value: Decodable & ScalarConstructible>(
    _ type: Value.Type,
    forKey key: Key
  ) throws -> Value {
    try required(key).scalarValue(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try StrictDecoder.decode(type, from: required(key), at: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    throw try required(key).fault("a value within a value is not read here")
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw try required(key).fault("a list within a value is not read here")
  }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { decoder }

  private func node(_ key: Key) -> Node? {
    let name = key.stringValue.snakeCase
    let exact = decoder.asked.contains(key.stringValue) ? key.stringValue : name
    decoder.ask(for: exact)
    return mapping.first { $0.key.string == exact }?.value
  }

  private func required(_ key: Key) throws -> Node {
    if let node = node(key) { return node }
    // A mistyped name is the likelier mistake, and says more than that one is missing.
    for (name, _) in mapping {
      let text = name.string ?? ""
      if NearestWord.nearest(to: text, among: [key.stringValue.snakeCase]) != nil {
        throw name.unknown(among: [key.stringValue.snakeCase])
      }
    }
    throw decoder.node.fault("'\(key.stringValue.snakeCase)' is missing here")
  }
}

/// The values of a list, one after the other.
struct StrictList: UnkeyedDecodingContainer {
  let decoder: StrictDecoder
  let nodes: [Node]
  var codingPath: [any CodingKey] { decoder.codingPath }
  private(set) var currentIndex = 0
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex >= nodes.count }

  init(decoder: StrictDecoder, nodes: [Node]) {
    self.decoder = decoder
    self.nodes = nodes
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, nodes[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable & ScalarConstructible>(
    _ type: Value.Type
  ) throws -> Value {
    try next().scalarValue(type)
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try StrictDecoder.decode(type, from: next(), at: codingPath)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    throw try next().fault("a value within a list is not read here")
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw try next().fault("a list within a list is not read here")
  }

  mutating func superDecoder() throws -> any Decoder { decoder }

  private mutating func next() throws -> Node {
    guard !isAtEnd else { throw decoder.node.fault("the list ends too early") }
    currentIndex += 1
    return nodes[currentIndex - 1]
  }
}

extension Node {
  var isNull: Bool { scalar.flatMap { NSNull.construct(from: $0) } != nil }

  func scalarValue<Value: ScalarConstructible>(_ type: Value.Type) throws -> Value {
    guard let scalar, let value = Value.construct(from: scalar) else {
      throw fault("this is no \(Self.words(for: type))")
    }
    return value
  }

  func fault(_ message: String, suggestion: String? = nil) -> ConfigurationFile.Fault {
    ConfigurationFile.Fault(
      line: mark?.line ?? 0,
      column: mark?.column ?? 0,
      message: message,
      suggestion: suggestion
    )
  }

  /// What is wrong with this name.
  func unknown(among known: some Swift.Sequence<String>) -> ConfigurationFile.Fault {
    let known = known.sorted()
    return fault(
      "unknown name '\(string ?? "")'; known here: \(known.joined(separator: ", "))",
      suggestion: NearestWord.nearest(to: string ?? "", among: known)
    )
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "whole number"
    default: "number"
    }
  }
}

extension String {
  /// `openIDMetadataURL` as a configuration file writes it: `open_id_metadata_url`.
  var snakeCase: String {
    let letters = Array(self)
    var result = ""
    for (index, letter) in letters.enumerated() {
      let endsWord = index > 0 && letters[index - 1].isLowercase
      let beginsWord =
        index > 0 && letters[index - 1].isUppercase
        && index + 1 < letters.count && letters[index + 1].isLowercase
      if letter.isUppercase, endsWord || beginsWord { result += "_" }
      result += letter.lowercased()
    }
    return result
  }
}
