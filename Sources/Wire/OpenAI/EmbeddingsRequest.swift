/// The body of `POST /v1/embeddings`.
package struct EmbeddingsRequest: Sendable, Equatable {
  package enum Format: String, Sendable, Codable {
    case float
    case base64
  }

  /// Bounds that the provider states.
  package static let maximumInputs = 2_048

  package var input: [String]
  package var model: String
  package var dimensions: Int?
  package var encodingFormat: Format?
  package var user: String?

  package init(
    input: [String],
    model: String,
    dimensions: Int? = nil,
    encodingFormat: Format? = .base64,
    user: String? = nil
  ) {
    self.input = input
    self.model = model
    self.dimensions = dimensions
    self.encodingFormat = encodingFormat
    self.user = user
  }
}

extension EmbeddingsRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case input
    case model
    case dimensions
    case encodingFormat = "encoding_format"
    case user
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let text = try? container.decode(String.self, forKey: .input) {
      input = [text]
    } else {
      input = try container.decode([String].self, forKey: .input)
    }
    model = try container.decode(String.self, forKey: .model)
    dimensions = try container.decodeIfPresent(Int.self, forKey: .dimensions)
    encodingFormat = try container.decodeIfPresent(Format.self, forKey: .encodingFormat)
    user = try container.decodeIfPresent(String.self, forKey: .user)
  }
}

extension EmbeddingsRequest {
  /// The request as it is sent.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128 + input.reduce(0) { $0 + $1.utf8.count + 8 })
    bytes.append(json: "{\"model\":")
    bytes.append(jsonString: model)
    bytes.append(json: ",\"input\":[")
    for (index, text) in input.enumerated() {
      if index > 0 { bytes.append(json: ",") }
      bytes.append(jsonString: text)
    }
    bytes.append(json: "]")
    if let dimensions {
      bytes.append(json: ",\"dimensions\":")
      bytes.append(jsonNumber: dimensions)
    }
    if let encodingFormat {
      bytes.append(json: ",\"encoding_format\":")
      bytes.append(jsonString: encodingFormat.rawValue)
    }
    if let user {
      bytes.append(json: ",\"user\":")
      bytes.append(jsonString: user)
    }
    bytes.append(json: "}")
    return bytes
  }

  /// - Throws: `RequestFault`. Token arrays are refused: nothing here knows their tokeniser.
  package init(json: [UInt8]) throws {
    var reader = JSONReader(json)
    var model: String?
    var input: [String]?
    var request = EmbeddingsRequest(input: [], model: "", encodingFormat: nil)
    try RequestFault.reading {
      try reader.readObject { name, reader in
        switch name {
        case "model":
          model = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
        case "input":
          input = try RequestFault.naming(name, wanted: "a string or an array of strings") {
            try Self.readInput(from: &reader)
          }
        default: try request.readOption(name, from: &reader)
        }
      }
      try reader.finish()
    }
    guard let model else { throw RequestFault.missing(parameter: "model") }
    guard let input else { throw RequestFault.missing(parameter: "input") }
    guard !input.isEmpty else {
      throw RequestFault.invalid(parameter: "input", wanted: "at least one text")
    }
    request.model = model
    request.input = input
    self = request
  }

  private static func readInput(from reader: inout JSONReader) throws -> [String] {
    if try reader.nextKind() == .string { return [try reader.readString()] }
    var texts: [String] = []
    try reader.readArray { reader in
      guard texts.count < maximumInputs else {
        throw RequestFault.invalid(
          parameter: "input",
          wanted: "at most \(maximumInputs) texts"
        )
      }
      texts.append(try reader.readString())
    }
    return texts
  }

  private mutating func readOption(_ name: String, from reader: inout JSONReader) throws {
    if try reader.readNull() { return }
    switch name {
    case "dimensions":
      dimensions = try RequestFault.naming(name, wanted: "an integer") { try reader.readInt() }
    case "encoding_format":
      let format = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
      guard let known = Format(rawValue: format) else {
        throw RequestFault.invalid(parameter: name, wanted: "float or base64")
      }
      encodingFormat = known
    case "user":
      user = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
    default: throw RequestFault.unknown(parameter: String(name.prefix(64)))
    }
  }
}
