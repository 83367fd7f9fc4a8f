/// A moment in a token: whole seconds since 1970, read from any JSON number.
package struct NumericDate: Sendable, Hashable, Comparable, Codable {
  package var seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(Int64.self) {
      seconds = whole
      return
    }
    let number = try container.decode(Double.self)
    guard let whole = Int64(exactly: number.rounded(.down)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date")
    }
    seconds = whole
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }

  package static func < (earlier: NumericDate, later: NumericDate) -> Bool {
    earlier.seconds < later.seconds
  }
}

/// The audience of a token: one name or several on the wire, none is possible.
package struct TokenAudience: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
  package var names: [String]

  package init(_ name: String) {
    names = [name]
  }

  package init(stringLiteral name: String) {
    names = [name]
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let name = try? container.decode(String.self) {
      names = [name]
    } else {
      names = try container.decode([String].self)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if names.count == 1 {
      try container.encode(names[0])
    } else {
      try container.encode(names)
    }
  }

  package func contains(_ name: String) -> Bool {
    names.contains(name)
  }
}
