/// Reads values from compact JSON straight from its bytes, as `LineEncoder` writes it: several
/// times as fast as Foundation's decoder, which first builds a tree. It reads what it is sure of
/// and refuses all else, without saying why.
final class LineDecoder {
  private let text = JSONText()

  /// - Parameter bytes: one value, and nothing else. Not kept.
  func decode<Value: Decodable>(_ type: Value.Type, from bytes: UnsafeRawBufferPointer) throws
    -> Value
  {
    text.begin(bytes)
    defer { text.end() }
    guard text.endOfValue(at: 0) == bytes.count else { throw JSONText.Unreadable() }
    return try Value(from: JSONValueDecoder(text: text, place: 0))
  }
}

/// One place in the text that holds a value.
struct JSONValueDecoder: Decoder {
  let text: JSONText
  let place: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(try JSONObjectReader(text: text, place: place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try JSONArrayReader(text: text, place: place)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    JSONSingleReader(text: text, place: place)
  }
}

struct JSONObjectReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let text: JSONText
  private let members: Range<Int>

  init(text: JSONText, place: Int) throws {
    self.text = text
    members = try text.members(at: place)
  }

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { text.keys(members).compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { text.value(of: key.stringValue, in: members) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { text.isNull(at: try place(key)) }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try text.boolean(at: place(key))
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try text.string(at: place(key))
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try text.integer(at: place(key)) }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try text.integer(at: place(key))
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try text.integer(at: place(key))
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: JSONValueDecoder(text: text, place: place(key)))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(try JSONObjectReader<Nested>(text: text, place: place(key)))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try JSONArrayReader(text: text, place: place(key))
  }

  func superDecoder() throws -> any Decoder { throw JSONText.Unreadable() }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    JSONValueDecoder(text: text, place: try place(key))
  }

  private func place(_ key: Key) throws -> Int {
    guard let place = text.value(of: key.stringValue, in: members) else {
      throw JSONText.Unreadable()
    }
    return place
  }
}

struct JSONArrayReader: UnkeyedDecodingContainer {
  private let text: JSONText
  private let places: [Int]
  private(set) var currentIndex = 0

  init(text: JSONText, place: Int) throws {
    self.text = text
    places = try text.elements(at: place)
  }

  var codingPath: [any CodingKey] { [] }
  var count: Int? { places.count }
  var isAtEnd: Bool { currentIndex == places.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, text.isNull(at: places[currentIndex]) else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: next())
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> JSONValueDecoder {
    guard !isAtEnd else { throw JSONText.Unreadable() }
    defer { currentIndex += 1 }
    return JSONValueDecoder(text: text, place: places[currentIndex])
  }
}

struct JSONSingleReader: SingleValueDecodingContainer {
  let text: JSONText
  let place: Int

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { text.isNull(at: place) }
  func decode(_ type: Bool.Type) throws -> Bool { try text.boolean(at: place) }
  func decode(_ type: String.Type) throws -> String { try text.string(at: place) }
  func decode(_ type: Double.Type) throws -> Double { try text.real(at: place) }
  func decode(_ type: Float.Type) throws -> Float { Float(try text.real(at: place)) }
  func decode(_ type: Int.Type) throws -> Int { try text.integer(at: place) }
  func decode(_ type: Int8.Type) throws -> Int8 { try text.integer(at: place) }
  func decode(_ type: Int16.Type) throws -> Int16 { try text.integer(at: place) }
  func decode(_ type: Int32.Type) throws -> Int32 { try text.integer(at: place) }
  func decode(_ type: Int64.Type) throws -> Int64 { try text.integer(at: place) }
  func decode(_ type: UInt.Type) throws -> UInt { try text.integer(at: place) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try text.integer(at: place) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try text.integer(at: place) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try text.integer(at: place) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try text.integer(at: place) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: JSONValueDecoder(text: text, place: place))
  }
}
