/// The error that OpenAI answers with, inside of its `{"error":{…}}` envelope. All four members
/// are always on the wire; `param` and `code` may be null.
package struct OpenAIErrorBody: Error, Sendable, Hashable {
  package var message: String
  package var type: String
  package var param: String?
  package var code: String?

  package init(message: String, type: String, param: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    self.param = param
    self.code = code
  }
}

extension OpenAIErrorBody {
  /// The whole body, envelope included.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"error\":{\"message\":")
    bytes.append(jsonString: message)
    bytes.append(json: ",\"type\":")
    bytes.append(jsonString: type)
    bytes.append(json: ",\"param\":")
    bytes.append(optionalJSONString: param)
    bytes.append(json: ",\"code\":")
    bytes.append(optionalJSONString: code)
    bytes.append(json: "}}")
    return bytes
  }

  /// Reads a whole body, envelope included; nil when it is none: a gateway's page, for instance.
  package init?(json: [UInt8]) {
    var reader = JSONReader(json)
    var found: OpenAIErrorBody?
    do {
      try reader.readObject { name, reader in
        if name == "error" {
          found = try OpenAIErrorBody(from: &reader)
        } else {
          try reader.skipValue()
        }
      }
      try reader.finish()
    } catch {
      return nil
    }
    guard let found else { return nil }
    self = found
  }

  /// Reads what stands in the envelope.
  init(from reader: inout JSONReader) throws {
    var body = OpenAIErrorBody(message: "", type: "")
    try reader.readObject { name, reader in
      // Other hosts that speak this format put numbers and objects here.
      guard try reader.nextKind() == .string else { return try reader.skipValue() }
      let text = try reader.readString()
      switch name {
      case "message": body.message = text
      case "type": body.type = text
      case "param": body.param = text
      case "code": body.code = text
      default: break
      }
    }
    self = body
  }
}
