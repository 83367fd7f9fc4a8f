import Wire

/// A JSON document that is written: members in the order given, and numbers of money as they were
/// summed, which no floating point could promise.
indirect enum JSONBody: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Digits that are a JSON number already.
  case decimal(String)
  case string(String)
  case array([JSONBody])
  case object([(String, JSONBody)])
  /// JSON that somebody else has written.
  case written([UInt8])

  static func optional(_ text: String?) -> JSONBody { text.map(JSONBody.string) ?? .null }
  static func optional(_ number: Int?) -> JSONBody { number.map(JSONBody.integer) ?? .null }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(json: "null")
    case .bool(let flag): bytes.append(json: flag ? "true" : "false")
    case .integer(let number): bytes.append(jsonNumber: number)
    case .decimal(let digits): bytes.append(contentsOf: digits.utf8)
    case .string(let text): bytes.append(jsonString: text)
    case .written(let json): bytes.append(contentsOf: json)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, (name, value)) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(jsonString: name)
        bytes.append(UInt8(ascii: ":"))
        value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}

extension JSONBody: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSONBody...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONBody)...) { self = .object(elements) }
  init(nilLiteral: ()) { self = .null }
}
