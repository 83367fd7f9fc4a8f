package import Secrets

/// The form by which an application asks Entra for a token with a secret of its own.
package struct EntraGrant: Sendable, Decodable {
  /// Why there is no token, with Entra's own number of it.
  package struct Fault: Error, Sendable, Equatable {
    package var status: Int
    package var error: String
    package var code: Int
    package var words: String

    package var body: OAuth.ErrorBody {
      OAuth.ErrorBody(
        error: error,
        errorDescription: "AADSTS\(code): \(words)",
        errorCodes: [code]
      )
    }
  }

  private var grantType: String?
  package var clientID: String?
  private var clientSecret: String?
  private var scope: String?

  private enum CodingKeys: String, CodingKey {
    case grantType = "grant_type"
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case scope
  }

  /// - Parameters:
  ///   - secret: of the application that `clientID` names; nil for one that is not known.
  ///   - audiences: by the scopes that ask for them.
  /// - Returns: the audience that the token is for.
  package func audience(
    secret: Secret?,
    audiences: [String: String]
  ) throws(Fault) -> String {
    guard grantType == "client_credentials" else { throw .unsupportedGrant }
    guard let secret else { throw .unknownApplication }
    guard let clientSecret, Secret(clientSecret) == secret else { throw .wrongSecret }
    guard let audience = audiences[scope ?? ""] else { throw .unknownScope }
    return audience
  }
}

extension EntraGrant.Fault {
  package static let tooLarge = Self(
    status: 413,
    error: "invalid_request",
    code: 90_013,
    words: "The request is too large."
  )
  package static let unreadable = Self(
    status: 400,
    error: "invalid_request",
    code: 900_144,
    words: "The request body must contain the parameter 'grant_type'."
  )
  package static let unknownTenant = Self(
    status: 400,
    error: "invalid_request",
    code: 90_002,
    words: "Tenant not found."
  )
  static let unsupportedGrant = Self(
    status: 400,
    error: "unsupported_grant_type",
    code: 70_003,
    words: "The app requested an unsupported grant type."
  )
  package static let unknownApplication = Self(
    status: 400,
    error: "unauthorized_client",
    code: 700_016,
    words: "Application was not found in the directory."
  )
  static let wrongSecret = Self(
    status: 401,
    error: "invalid_client",
    code: 7_000_215,
    words: "Invalid client secret provided."
  )
  static let unknownScope = Self(
    status: 400,
    error: "invalid_scope",
    code: 70_011,
    words: "The provided scope is not valid."
  )
}
