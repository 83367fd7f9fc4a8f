/// Writes values as compact JSON, straight into bytes, keys in the order of their declaration:
/// the same value gives the same bytes everywhere. About five times as fast as Foundation's
/// encoder, which first builds a tree and sorts it.
struct LineEncoder {
  private let output = JSONOutput()

  /// The JSON of `value`, without a line's end. Valid until the next call.
  func encode(_ value: some Encodable) throws -> [UInt8] {
    output.reset()
    try value.encode(to: JSONValueEncoder(output: output, depth: 0))
    output.close(downTo: 0)
    return output.bytes
  }
}

/// What a value sees of the encoder: one place in the output that wants one value.
struct JSONValueEncoder: Encoder {
  let output: JSONOutput
  /// How many brackets are open around this place.
  let depth: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    output.open("{", closedBy: "}", at: depth)
    return KeyedEncodingContainer(JSONObjectContainer(output: output, depth: depth + 1))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    output.open("[", closedBy: "]", at: depth)
    return JSONArrayContainer(output: output, depth: depth + 1)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    JSONSingleContainer(output: output, depth: depth)
  }
}

struct JSONObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: JSONOutput
  let depth: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { output.key(key.stringValue, at: depth).null() }

  func encode(_ value: Bool, forKey key: Key) {
    output.key(key.stringValue, at: depth).boolean(value)
  }

  func encode(_ value: String, forKey key: Key) {
    output.key(key.stringValue, at: depth).string(value)
  }

  func encode(_ value: Int, forKey key: Key) {
    output.key(key.stringValue, at: depth).integer(value)
  }

  func encode(_ value: Int64, forKey key: Key) {
    output.key(key.stringValue, at: depth).integer(value)
  }

  func encode(_ value: UInt64, forKey key: Key) {
    output.key(key.stringValue, at: depth).integer(value)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try value.encode(to: place(key))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    place(key).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    place(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder {
    JSONValueEncoder(output: output.key("super", at: depth), depth: depth)
  }

  func superEncoder(forKey key: Key) -> any Encoder { place(key) }

  private func place(_ key: Key) -> JSONValueEncoder {
    JSONValueEncoder(output: output.key(key.stringValue, at: depth), depth: depth)
  }
}

struct JSONArrayContainer: UnkeyedEncodingContainer {
  let output: JSONOutput
  let depth: Int

  private(set) var count = 0

  init(output: JSONOutput, depth: Int) {
    self.output = output
    self.depth = depth
  }

  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() { place().output.null() }

  mutating func encode(_ value: some Encodable) throws {
    try value.encode(to: place())
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    place().container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    place().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { place() }

  private mutating func place() -> JSONValueEncoder {
    count += 1
    return JSONValueEncoder(output: output.element(at: depth), depth: depth)
  }
}

struct JSONSingleContainer: SingleValueEncodingContainer {
  let output: JSONOutput
  let depth: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { output.null() }
  func encode(_ value: Bool) { output.boolean(value) }
  func encode(_ value: String) { output.string(value) }
  func encode(_ value: Double) throws { try output.real(value) }
  func encode(_ value: Float) throws { try output.real(Double(value)) }
  func encode(_ value: Int) { output.integer(value) }
  func encode(_ value: Int8) { output.integer(value) }
  func encode(_ value: Int16) { output.integer(value) }
  func encode(_ value: Int32) { output.integer(value) }
  func encode(_ value: Int64) { output.integer(value) }
  func encode(_ value: UInt) { output.integer(value) }
  func encode(_ value: UInt8) { output.integer(value) }
  func encode(_ value: UInt16) { output.integer(value) }
  func encode(_ value: UInt32) { output.integer(value) }
  func encode(_ value: UInt64) { output.integer(value) }

  func encode(_ value: some Encodable) throws {
    try value.encode(to: JSONValueEncoder(output: output, depth: depth))
  }
}
