import Yams

/// Reads values from YAML, and leaves nothing unread: a name that nobody asks for is mistyped, and
/// is reported at its place instead of being ignored. Names are written in snake case.
final class StrictDecoder: Decoder {
  let node: Node
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]
  /// The names that were asked for, as a file writes them.
  private(set) var asked: Set<String> = []

  private init(_ node: Node, at path: [any CodingKey]) {
    self.node = node
    codingPath = path
  }

  /// - Throws: `ConfigurationFile.Fault`.
  static func decode<Value: Decodable>(_ type: Value.Type, from node: Node) throws -> Value {
    try decode(type, from: node, at: [])
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type,
    from node: Node,
    at path: [any CodingKey]
  ) throws -> Value {
    let decoder = StrictDecoder(node, at: path)
    do {
      let value = try Value(from: decoder)
      try decoder.checkThatAllWasAskedFor()
      return value
    } catch DecodingError.dataCorrupted(let context) {
      throw node.fault(context.debugDescription)
    }
  }

  func container<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    guard let mapping = node.mapping else { throw node.fault("names with values belong here") }
    return KeyedDecodingContainer(StrictFields<Key>(decoder: self, mapping: mapping))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let sequence = node.sequence else { throw node.fault("a list belongs here") }
    return StrictList(decoder: self, nodes: Array(sequence))
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    StrictValue(decoder: self)
  }

  func ask(for name: String) {
    asked.insert(name)
  }

  private func checkThatAllWasAskedFor() throws {
    // A value that is no mapping for its reader has no names to ask for.
    guard let mapping = node.mapping, !asked.isEmpty else { return }
    for (name, _) in mapping where !asked.contains(name.string ?? "") {
      throw name.unknown(among: asked)
    }
  }
}

/// A value that is read as a whole.
struct StrictValue: SingleValueDecodingContainer {
  let decoder: StrictDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.node.isNull }

  func decode<Value: Decodable & ScalarConstructible>(_ type: Value.Type) throws -> Value {
    try decoder.node.scalarValue(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try StrictDecoder.decode(type, from: decoder.node, at: codingPath)
  }
}
