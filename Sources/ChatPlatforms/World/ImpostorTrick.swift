/// How a caller who is not the platform, or a genuine one as the control, comes to the bot's door.
package enum ImpostorTrick: String, Sendable, CaseIterable {
  /// A genuine token and body.
  case genuine
  /// Signed under the name of the right key with a key that the issuer never published.
  case forgedSignature = "forged-signature"
  /// Ended an hour ago.
  case expired
  /// Made out to another bot.
  case wrongAudience = "wrong-audience"
  /// Everything genuine, but of an organisation that is no customer of the vendor's.
  case wrongTenant = "wrong-tenant"
  /// Signed with the right key, but by an issuer of another name.
  case wrongIssuer = "wrong-issuer"
  /// Teams: the token names another `serviceurl` than the activity. Google Chat has no such claim:
  /// there the token is made out to the address of another app's endpoint.
  case wrongServiceURL = "wrong-service-url"
  /// Teams: signed with a published key that is endorsed for web chat alone. Google Chat has no
  /// endorsements: there the key belongs to another service account of Google's.
  case notEndorsed = "not-endorsed"
  /// Signed under the name of a key that no issuer publishes.
  case unknownKey = "unknown-key"
  case noToken = "no-token"
  /// `alg` is `none`, and the signature is empty.
  case unsignedAlgorithm = "unsigned-algorithm"
  /// `alg` is `HS256`, and the hash is keyed with the issuer's public key: a verifier that takes
  /// the token's word for the algorithm finds it genuine.
  case confusedAlgorithm = "confused-algorithm"
  /// Bytes that are no token at all.
  case garbage
}
