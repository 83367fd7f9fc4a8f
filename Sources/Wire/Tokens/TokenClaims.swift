/// Claims that are checked by whoever reads them: verifying one of these tokens establishes its
/// signature alone. A world's time is not the machine's, so no claim type looks at a clock.
package protocol WorldClaims: Codable, Sendable {
  /// The last moment of the token, exclusive.
  var exp: NumericDate { get }
  /// The first moment of the token, where it has one.
  var nbf: NumericDate? { get }
}

extension WorldClaims {
  /// Whether the token is valid at `now`, allowing for clocks that differ by `leeway` seconds.
  package func isValid(atUnixSeconds now: Int64, leeway: Int64) -> Bool {
    if let earliestEnd = exp.seconds.addingWithoutOverflow(leeway), now >= earliestEnd {
      return false
    }
    guard let nbf, let latestStart = now.addingWithoutOverflow(leeway) else { return true }
    return nbf.seconds <= latestStart
  }
}

extension Int64 {
  /// Dates in tokens are a stranger's numbers: a sum of them must not trap.
  fileprivate func addingWithoutOverflow(_ other: Int64) -> Int64? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}

/// What the Bot Framework signs for an activity that it delivers.
package struct BotFrameworkClaims: WorldClaims, Hashable {
  package var iss: String
  /// The bot's app id.
  package var aud: TokenAudience
  package var nbf: NumericDate?
  package var exp: NumericDate
  /// Equals the activity's `serviceUrl` to the byte. All in lower case on the wire.
  package var serviceurl: String?

  package init(
    iss: String,
    aud: TokenAudience,
    nbf: NumericDate?,
    exp: NumericDate,
    serviceurl: String?
  ) {
    self.iss = iss
    self.aud = aud
    self.nbf = nbf
    self.exp = exp
    self.serviceurl = serviceurl
  }
}

/// What Google Chat signs for an event where the app's audience is its project number.
package struct GoogleChatClaims: WorldClaims, Hashable {
  package var iss: String
  /// The project number, as a string.
  package var aud: TokenAudience
  package var iat: NumericDate
  package var exp: NumericDate
  /// Of ID tokens only.
  package var email: String?
  package var emailVerified: Bool?

  package var nbf: NumericDate? { iat }

  private enum CodingKeys: String, CodingKey {
    case iss
    case aud
    case iat
    case exp
    case email
    case emailVerified = "email_verified"
  }

  package init(
    iss: String,
    aud: TokenAudience,
    iat: NumericDate,
    exp: NumericDate,
    email: String? = nil,
    emailVerified: Bool? = nil
  ) {
    self.iss = iss
    self.aud = aud
    self.iat = iat
    self.exp = exp
    self.email = email
    self.emailVerified = emailVerified
  }
}

/// A bot's own access token, for the connector or for Microsoft Graph, told apart by `aud`.
package struct ConnectorClaims: WorldClaims, Hashable {
  package var iss: String
  package var aud: TokenAudience
  package var nbf: NumericDate?
  package var exp: NumericDate
  /// The bot that the token was issued to.
  package var appid: String
  /// The directory tenant that the token is for.
  package var tid: String?

  package init(
    iss: String,
    aud: TokenAudience,
    nbf: NumericDate?,
    exp: NumericDate,
    appid: String,
    tid: String?
  ) {
    self.iss = iss
    self.aud = aud
    self.nbf = nbf
    self.exp = exp
    self.appid = appid
    self.tid = tid
  }
}

/// What a service account signs to be given an access token.
package struct ServiceAccountClaims: WorldClaims, Hashable {
  /// The service account's address.
  package var iss: String
  /// Names separated by blanks.
  package var scope: String
  /// Always `tokenAudience`, wherever the token endpoint is.
  package var aud: TokenAudience
  package var iat: NumericDate
  package var exp: NumericDate
  /// The person on whose behalf, for domain-wide delegation.
  package var sub: String?

  package var nbf: NumericDate? { iat }

  package static let tokenAudience = "https://oauth2.googleapis.com/token"

  private enum CodingKeys: String, CodingKey {
    case iss
    case scope
    case aud
    case iat
    case exp
    case sub
  }

  package init(
    iss: String,
    scope: String,
    aud: TokenAudience,
    iat: NumericDate,
    exp: NumericDate,
    sub: String? = nil
  ) {
    self.iss = iss
    self.scope = scope
    self.aud = aud
    self.iat = iat
    self.exp = exp
    self.sub = sub
  }
}
