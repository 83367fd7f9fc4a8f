/// What a model wants called: a function with JSON arguments, or a custom tool with free text.
package struct ToolCall: Sendable, Hashable {
  package enum Kind: String, Sendable, Codable {
    case function
    case custom
  }

  package var id: String
  package var kind: Kind
  package var name: String
  /// The arguments of a function as JSON text, or the input of a custom tool.
  package var input: String

  package init(id: String, kind: Kind = .function, name: String, input: String) {
    self.id = id
    self.kind = kind
    self.name = name
    self.input = input
  }
}

extension ToolCall: Codable {
  private enum CodingKeys: String, CodingKey {
    case id
    case type
    case function
    case custom
  }

  private struct Function: Codable {
    var name: String
    var arguments: String
  }

  private struct Custom: Codable {
    var name: String
    var input: String
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    kind = try container.decode(Kind.self, forKey: .type)
    switch kind {
    case .function:
      let function = try container.decode(Function.self, forKey: .function)
      (name, input) = (function.name, function.arguments)
    case .custom:
      let custom = try container.decode(Custom.self, forKey: .custom)
      (name, input) = (custom.name, custom.input)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(kind, forKey: .type)
    switch kind {
    case .function:
      try container.encode(Function(name: name, arguments: input), forKey: .function)
    case .custom: try container.encode(Custom(name: name, input: input), forKey: .custom)
    }
  }
}

extension ToolCall {
  /// Reads one of the calls in an assistant's message.
  init(from reader: inout JSONReader, parameter: String) throws {
    var call = ToolCall(id: "", name: "", input: "")
    try reader.readObject { name, reader in
      switch name {
      case "id": call.id = try reader.readString()
      case "type":
        guard let kind = Kind(rawValue: try reader.readString()) else {
          throw RequestFault.invalid(parameter: parameter + ".type", wanted: "function or custom")
        }
        call.kind = kind
      case "function", "custom":
        try reader.readObject { name, reader in
          switch name {
          case "name": call.name = try reader.readString()
          case "arguments", "input": call.input = try reader.readString()
          default: try reader.skipValue()
          }
        }
      default: try reader.skipValue()
      }
    }
    guard !call.id.isEmpty else { throw RequestFault.missing(parameter: parameter + ".id") }
    self = call
  }

  /// With `index` first in a stream's delta, without it in a whole message.
  func append(to bytes: inout [UInt8], index: Int? = nil) {
    if let index {
      bytes.append(json: "{\"index\":")
      bytes.append(jsonNumber: index)
      bytes.append(json: ",\"id\":")
    } else {
      bytes.append(json: "{\"id\":")
    }
    bytes.append(jsonString: id)
    switch kind {
    case .function: bytes.append(json: ",\"type\":\"function\",\"function\":{\"name\":")
    case .custom: bytes.append(json: ",\"type\":\"custom\",\"custom\":{\"name\":")
    }
    bytes.append(jsonString: name)
    bytes.append(json: kind == .function ? ",\"arguments\":" : ",\"input\":")
    bytes.append(jsonString: input)
    bytes.append(json: "}}")
  }
}
