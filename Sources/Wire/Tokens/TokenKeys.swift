import Foundation

/// A key that signs tokens, by one algorithm.
package protocol TokenSigningKey: Sendable {
  /// As it stands in the `alg` of a token's header.
  var algorithm: String { get }

  func signature(for signingInput: [UInt8]) throws -> [UInt8]
}

extension TokenSigningKey {
  /// A token in compact serialisation.
  ///
  /// - Parameter kid: the name under which verifiers know the key.
  package func sign(_ claims: some Encodable, kid: String?) throws -> String {
    var header: [UInt8] = []
    header.append(json: "{\"alg\":")
    header.append(jsonString: algorithm)
    if let kid {
      header.append(json: ",\"kid\":")
      header.append(jsonString: kid)
    }
    header.append(json: ",\"typ\":\"JWT\"}")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let payload = try encoder.encode(claims)
    var token: [UInt8] = []
    token.reserveCapacity((header.count + payload.count + 256) / 3 * 4 + 8)
    token.append(base64URL: header)
    token.append(UInt8(ascii: "."))
    token.append(base64URL: payload)
    let signature = try signature(for: token)
    token.append(UInt8(ascii: "."))
    token.append(base64URL: signature)
    return String(decoding: token, as: UTF8.self)
  }
}

/// A key that verifies tokens, by one algorithm alone.
package protocol TokenVerificationKey: Sendable {
  /// What a token's `alg` must be for this key to be used at all.
  var algorithm: String { get }

  func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool
}

/// The keys that a verifier trusts, by the names that tokens give them.
package struct TrustedKeys: Sendable {
  private let keys: [String: any TokenVerificationKey]

  package init(_ keys: [String: any TokenVerificationKey]) {
    self.keys = keys
  }

  /// The usable keys of a published set. Of two with one name the first counts: a second must not
  /// displace it.
  package init(_ published: OpenID.KeySet) {
    let named = published.keys.compactMap { key in
      key.kid.flatMap { kid in key.publicKey.map { (kid, $0 as any TokenVerificationKey) } }
    }
    keys = Dictionary(named) { first, _ in first }
  }

  /// The claims of a token that one of the keys has signed. A token that names no key is held
  /// against the only one, where there is only one.
  package func verify<Claims: Decodable>(
    _ text: String,
    as _: Claims.Type = Claims.self
  ) throws(TokenFault) -> Claims {
    let token = try CompactToken(text)
    let key =
      if let kid = token.header.kid { keys[kid] } else { keys.count == 1 ? keys.values.first : nil }
    guard let key else { throw .unknownKey }
    try token.verify(with: key)
    return try token.claims()
  }
}
