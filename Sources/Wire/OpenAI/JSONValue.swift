/// Any JSON, as a tree that keeps the order of its members: for what is carried through without
/// being understood, schemas above all.
package indirect enum JSONValue: Sendable, Hashable {
  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])
}

extension JSONValue {
  package static let emptyObject = JSONValue.object([])

  /// The member of an object with this name, the last one if there are several; nil otherwise.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  package var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// A number without a fraction that an `Int` can hold.
  package var wholeNumber: Int? {
    switch self {
    case .integer(let number): number
    case .double(let number): Int(exactly: number)
    default: nil
    }
  }

  package var flag: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }
}

extension JSONValue {
  /// - Throws: `JSONFault` for anything but one JSON value of bounded depth.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    self = try reader.readValue()
    try reader.finish()
  }

  /// Compact, members in their order.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: self)
    return bytes
  }
}

extension JSONReader {
  /// Reads a value of any kind whole.
  package mutating func readValue() throws -> JSONValue {
    switch try nextKind() {
    case .null:
      _ = try readNull()
      return .null
    case .boolean: return .bool(try readBool())
    case .string: return .string(try readString())
    case .number: return try readNumber()
    case .array:
      var elements: [JSONValue] = []
      try readArray { reader in elements.append(try reader.readValue()) }
      return .array(elements)
    case .object:
      var members: [JSONValue.Member] = []
      try readObject { name, reader in
        members.append(JSONValue.Member(name, try reader.readValue()))
      }
      return .object(members)
    }
  }

  private mutating func readNumber() throws -> JSONValue {
    let start = position
    if let whole = try? readInt() { return .integer(whole) }
    position = start
    return .double(try readDouble())
  }
}

extension [UInt8] {
  package mutating func append(json value: JSONValue) {
    switch value {
    case .null: append(json: "null")
    case .bool(let flag): append(json: flag ? "true" : "false")
    case .integer(let number): append(jsonNumber: number)
    case .double(let number): append(jsonNumber: number)
    case .string(let text): append(jsonString: text)
    case .array(let elements):
      append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        append(json: element)
      }
      append(UInt8(ascii: "]"))
    case .object(let members):
      append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        append(jsonString: member.name)
        append(UInt8(ascii: ":"))
        append(json: member.value)
      }
      append(UInt8(ascii: "}"))
    }
  }
}
