package import Secrets

/// What token endpoints answer.
package enum OAuth {
  package struct TokenResponse: Sendable, Hashable {
    package var accessToken: Secret
    /// Seconds from now.
    package var expiresIn: Int64
    package var tokenType: String

    package init(accessToken: Secret, expiresIn: Int64, tokenType: String = "Bearer") {
      self.accessToken = accessToken
      self.expiresIn = expiresIn
      self.tokenType = tokenType
    }
  }

  package struct ErrorBody: Sendable, Hashable, Codable {
    /// `invalid_client`, `invalid_grant`, `unsupported_grant_type`, ...
    package var error: String
    package var errorDescription: String?
    /// Entra's own numbers.
    package var errorCodes: [Int]?

    private enum CodingKeys: String, CodingKey {
      case error
      case errorDescription = "error_description"
      case errorCodes = "error_codes"
    }

    package init(error: String, errorDescription: String? = nil, errorCodes: [Int]? = nil) {
      self.error = error
      self.errorDescription = errorDescription
      self.errorCodes = errorCodes
    }
  }
}

extension OAuth.TokenResponse: Codable {
  private enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case expiresIn = "expires_in"
    case tokenType = "token_type"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    accessToken = Secret(try container.decode(String.self, forKey: .accessToken))
    expiresIn = try container.decode(NumericDate.self, forKey: .expiresIn).seconds
    tokenType = try container.decodeIfPresent(String.self, forKey: .tokenType) ?? "Bearer"
  }

  /// Writes the token in the clear: this is how it travels.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try accessToken.reveal { try container.encode($0, forKey: .accessToken) }
    try container.encode(expiresIn, forKey: .expiresIn)
    try container.encode(tokenType, forKey: .tokenType)
  }
}
