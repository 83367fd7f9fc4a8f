package import HTTPTypes

/// AWS Secrets Manager on the wire: JSON 1.1, one path, the operation in a header.
package enum AWSSecretsManager {
  package static let service = "secretsmanager"
  package static let contentType = "application/x-amz-json-1.1"
  package static let targetHeader = name("x-amz-target")
  package static let dateHeader = name("x-amz-date")
  package static let sessionTokenHeader = name("x-amz-security-token")
  package static let requestIDHeader = name("x-amzn-requestid")

  package enum Operation: String, Sendable, CaseIterable {
    case createSecret = "CreateSecret"
    case getSecretValue = "GetSecretValue"
    case putSecretValue = "PutSecretValue"
    case updateSecretVersionStage = "UpdateSecretVersionStage"
    case describeSecret = "DescribeSecret"
    case deleteSecret = "DeleteSecret"
    case restoreSecret = "RestoreSecret"
    case listSecretVersionIDs = "ListSecretVersionIds"

    package var target: String { "\(AWSSecretsManager.service).\(rawValue)" }

    /// From the header; nil for what is none of these.
    package init?(target: String) {
      guard target.hasPrefix(AWSSecretsManager.service + ".") else { return nil }
      self.init(rawValue: String(target.dropFirst(AWSSecretsManager.service.utf8.count + 1)))
    }
  }

  package enum Stage {
    package static let current = "AWSCURRENT"
    package static let previous = "AWSPREVIOUS"
  }

  /// The names of errors that this program gives or understands.
  package enum ErrorType {
    package static let notFound = "ResourceNotFoundException"
    package static let exists = "ResourceExistsException"
    package static let invalidRequest = "InvalidRequestException"
    package static let invalidParameter = "InvalidParameterException"
    package static let accessDenied = "AccessDeniedException"
    package static let decryption = "DecryptionFailure"
    package static let signature = "InvalidSignatureException"
    package static let unknownKey = "UnrecognizedClientException"
    package static let unknownOperation = "UnknownOperationException"
    package static let serialization = "SerializationException"
    package static let limit = "LimitExceededException"
  }

  /// `{"__type":"ResourceNotFoundException","Message":"…"}`.
  package struct ErrorBody: Sendable, Hashable {
    package var type: String
    package var message: String

    package init(type: String, message: String) {
      self.type = type
      self.message = message
    }

    package init?(json: [UInt8]) {
      guard let value = try? JSONValue(json: json), let type = value["__type"]?.text else {
        return nil
      }
      // `namespace#Type`, as some services write it.
      self.type = type.split(separator: "#").last.map(String.init) ?? type
      message = (value["Message"] ?? value["message"])?.text ?? ""
    }

    package func json() -> [UInt8] {
      let value: JSONValue = ["__type": .string(type), "Message": .string(message)]
      return value.json()
    }
  }

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("\(text) is not a header's name")
    }
    return name
  }
}
