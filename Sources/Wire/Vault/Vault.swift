package import HTTPTypes

/// HashiCorp Vault's HTTP API (and OpenBao's, which is the same on these paths): what stands around
/// every answer. All paths lie below `/v1/`.
package enum Vault {
  package static let tokenHeader = name("x-vault-token")
  package static let namespaceHeader = name("x-vault-namespace")

  /// What a sealed server says to everything but a question for its seal.
  package static let sealedMessage = "Vault is sealed"

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("\(text) is not a header's name")
    }
    return name
  }

  /// `{"errors":["permission denied"]}`; the list may be empty.
  package struct ErrorBody: Sendable, Hashable {
    package var errors: [String]

    package init(_ errors: [String]) {
      self.errors = errors
    }

    /// Nil for anything else.
    package init?(json: [UInt8]) {
      guard let elements = (try? JSONValue(json: json))?["errors"]?.elements else { return nil }
      errors = elements.compactMap(\.text)
    }

    package func json() -> [UInt8] {
      let value: JSONValue = ["errors": .array(errors.map(JSONValue.string))]
      return value.json()
    }
  }

  /// The envelope of a success.
  package struct Envelope: Sendable, Hashable {
    package var requestID: String
    package var data: JSONValue
    package var auth: JSONValue

    package init(requestID: String, data: JSONValue = .null, auth: JSONValue = .null) {
      self.requestID = requestID
      self.data = data
      self.auth = auth
    }

    /// Nil for what is no envelope.
    package init?(json: [UInt8]) {
      guard let value = try? JSONValue(json: json), value.members != nil else { return nil }
      requestID = value["request_id"]?.text ?? ""
      data = value["data"] ?? .null
      auth = value["auth"] ?? .null
    }

    package func json() -> [UInt8] {
      let value: JSONValue = [
        "request_id": .string(requestID), "lease_id": .string(""), "renewable": .bool(false),
        "lease_duration": .integer(0), "data": data, "wrap_info": .null, "warnings": .null,
        "auth": auth, "mount_type": .string(""),
      ]
      return value.json()
    }
  }
}
