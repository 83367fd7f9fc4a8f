/// A tool that a request offers to the model.
package struct ToolOffer: Sendable, Hashable {
  package var kind: ToolCall.Kind
  package var name: String
  package var description: String?
  /// JSON schema of a function's arguments; nil when it takes none.
  package var parameters: JSONValue?
  package var strict: Bool?

  package init(
    kind: ToolCall.Kind = .function,
    name: String,
    description: String? = nil,
    parameters: JSONValue? = nil,
    strict: Bool? = nil
  ) {
    self.kind = kind
    self.name = name
    self.description = description
    self.parameters = parameters
    self.strict = strict
  }
}

/// Whether, and which of, the offered tools the model is to call.
package enum ToolChoice: Sendable, Hashable {
  case never
  case auto
  case required
  case named(String)
  /// Only these, and at least one of them when `isRequired`.
  case allowed([String], isRequired: Bool)
}

extension ToolOffer {
  /// What a request may offer at most.
  package static let most = 128

  /// Reads the list of a chat completion, whose tools nest, or of a response, whose tools are
  /// flat. Tools that the provider runs itself are passed over.
  static func readAll(from reader: inout JSONReader) throws -> [ToolOffer] {
    var offers: [ToolOffer] = []
    var position = 0
    try reader.readArray { reader in
      guard position < most else {
        throw RequestFault.invalid(parameter: "tools", wanted: "at most \(most) tools")
      }
      if let offer = try ToolOffer(from: &reader, parameter: "tools[\(position)]") {
        offers.append(offer)
      }
      position += 1
    }
    return offers
  }

  private init?(from reader: inout JSONReader, parameter: String) throws {
    var offer = ToolOffer(name: "")
    var type: String?
    try reader.readObject { name, reader in
      switch name {
      case "type": type = try reader.readString()
      case "function", "custom": try offer.readMembers(from: &reader, parameter: parameter)
      default: try offer.readMember(name, from: &reader, parameter: parameter)
      }
    }
    guard let type else { throw RequestFault.missing(parameter: parameter + ".type") }
    guard let kind = ToolCall.Kind(rawValue: type) else { return nil }
    guard offer.hasValidName else {
      throw RequestFault.invalid(
        parameter: "\(parameter).\(type).name",
        wanted: "1 to 64 letters, digits, underscores or dashes"
      )
    }
    offer.kind = kind
    self = offer
  }

  private mutating func readMembers(from reader: inout JSONReader, parameter: String) throws {
    try reader.readObject { name, reader in
      try readMember(name, from: &reader, parameter: parameter)
    }
  }

  private mutating func readMember(
    _ member: String,
    from reader: inout JSONReader,
    parameter: String
  ) throws {
    if try reader.readNull() { return }
    switch member {
    case "name":
      name = try RequestFault.naming(parameter + ".name", wanted: "a string") {
        try reader.readString()
      }
    case "description": description = try reader.readString()
    case "parameters":
      parameters = try reader.readValue()
      guard parameters?.members != nil else {
        throw RequestFault.invalid(
          parameter: parameter + ".function.parameters",
          wanted: "a JSON schema"
        )
      }
    case "strict": strict = try reader.readBool()
    default: try reader.skipValue()
    }
  }

  private var hasValidName: Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d: true
        default: false
        }
      }
  }
}

extension ToolChoice {
  /// Reads a word, or an object that names a tool in the nested or in the flat form.
  init(from reader: inout JSONReader) throws {
    guard try reader.nextKind() == .object else {
      switch try reader.readString() {
      case "none": self = .never
      case "auto": self = .auto
      case "required": self = .required
      default: throw Self.fault
      }
      return
    }
    let value = try reader.readValue()
    guard let type = value["type"]?.text else { throw Self.fault }
    if type == "allowed_tools" {
      let inner = value["allowed_tools"] ?? value
      let names = (inner["tools"]?.elements ?? []).compactMap(Self.name)
      self = .allowed(names, isRequired: inner["mode"]?.text == "required")
    } else if let name = Self.name(in: value) {
      self = .named(name)
    } else {
      throw Self.fault
    }
  }

  private static func name(in value: JSONValue) -> String? {
    (value["function"] ?? value["custom"] ?? value)["name"]?.text
  }

  private static let fault = RequestFault.invalid(
    parameter: "tool_choice",
    wanted: "none, auto, required, or an object that names a tool"
  )
}
