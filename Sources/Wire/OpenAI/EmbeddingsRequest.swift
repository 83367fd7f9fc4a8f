/// The body of `POST /v1/embeddings`.
package struct EmbeddingsRequest: Sendable, Equatable {
  package enum Format: String, Sendable, Codable {
    case float
    case base64
  }

  /// Bounds that the provider states.
  package static let maximumInputs = 2_048

  package var input: [String]
  /// Where the input came as tokens: how many each has, in the order of `input`, whose texts then
  /// are their numbers. Read, never written.
  package var tokenCounts: [Int] = []
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

  /// - Throws: `RequestFault`.
  ///
  /// - Parameter modelOtherwise: the model of a request that names none, where its path has one.
  package init(json: [UInt8], modelOtherwise: String? = nil) throws {
    var reader = JSONReader(json)
    var model = modelOtherwise
    var hasInput = false
    var request = EmbeddingsRequest(input: [], model: "", encodingFormat: nil)
    try RequestFault.reading {
      try reader.readObject { name, reader in
        switch name {
        case "model":
          if modelOtherwise != nil, try reader.readNull() { break }
          model = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
        case "input":
          hasInput = true
          try RequestFault.naming(name, wanted: "texts, or arrays of tokens") {
            try request.readInput(from: &reader)
          }
        default: try request.readOption(name, from: &reader)
        }
      }
      try reader.finish()
    }
    guard let model else { throw RequestFault.missing(parameter: "model") }
    guard hasInput else { throw RequestFault.missing(parameter: "input") }
    guard !request.input.isEmpty else {
      throw RequestFault.invalid(parameter: "input", wanted: "at least one text")
    }
    request.model = model
    self = request
  }

  private mutating func readInput(from reader: inout JSONReader) throws {
    input = []
    tokenCounts = []
    if try reader.nextKind() == .string {
      input = [try reader.readString()]
      return
    }
    var tokens: [Int] = []
    try reader.readArray { reader in
      switch try reader.nextKind() {
      case .number where input.isEmpty:
        // The whole array is one input.
        try Self.readToken(into: &tokens, from: &reader)
      case .string where tokenCounts.isEmpty && tokens.isEmpty:
        try checkRoom()
        input.append(try reader.readString())
      case .array where input.count == tokenCounts.count && tokens.isEmpty:
        try checkRoom()
        var tokens: [Int] = []
        try reader.readArray { try Self.readToken(into: &tokens, from: &$0) }
        append(tokens)
      case let other: throw JSONFault.unexpected(other, at: 0)
      }
    }
    if !tokens.isEmpty { append(tokens) }
  }

  private mutating func append(_ tokens: [Int]) {
    input.append(tokens.map(String.init).joined(separator: " "))
    tokenCounts.append(tokens.count)
  }

  private static func readToken(
    into tokens: inout [Int],
    from reader: inout JSONReader
  ) throws {
    let token = try reader.readInt()
    guard (0...300_000).contains(token) else {
      throw RequestFault.invalid(parameter: "input", wanted: "the numbers of tokens")
    }
    tokens.append(token)
  }

  private func checkRoom() throws {
    guard input.count < Self.maximumInputs else {
      throw RequestFault.invalid(
        parameter: "input",
        wanted: "at most \(Self.maximumInputs) texts"
      )
    }
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
