/// What an issuer publishes so that its tokens can be checked.
package enum OpenID {
  package struct Metadata: Sendable, Hashable, Codable {
    package var issuer: String
    package var keySetURL: String

    private enum CodingKeys: String, CodingKey {
      case issuer
      case keySetURL = "jwks_uri"
    }

    package init(issuer: String, keySetURL: String) {
      self.issuer = issuer
      self.keySetURL = keySetURL
    }
  }

  package struct KeySet: Sendable, Hashable, Codable {
    package var keys: [Key]

    package init(keys: [Key]) {
      self.keys = keys
    }
  }

  package struct Key: Sendable, Hashable, Codable {
    package var kty: String
    package var use: String?
    package var alg: String?
    package var kid: String?
    /// Modulus, base64url.
    package var n: String?
    /// Exponent, base64url.
    package var e: String?
    /// The channels that this key may vouch for: the Bot Framework's addition.
    package var endorsements: [String]?

    package init(
      kty: String = "RSA",
      use: String? = "sig",
      alg: String? = "RS256",
      kid: String?,
      n: String?,
      e: String?,
      endorsements: [String]? = nil
    ) {
      self.kty = kty
      self.use = use
      self.alg = alg
      self.kid = kid
      self.n = n
      self.e = e
      self.endorsements = endorsements
    }

    /// The key for verifying, or nil when this is no RSA signing key of at least 2048 bits, or one
    /// for another algorithm than RS256.
    package var publicKey: RS256.PublicKey? {
      guard kty == "RSA", use == nil || use == "sig", alg == nil || alg == RS256.name, let n, let e
      else { return nil }
      return RS256.PublicKey(modulus: n, exponent: e)
    }
  }
}
