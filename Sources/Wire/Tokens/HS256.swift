import Crypto

/// A keyed hash with SHA-256, for tokens that only their issuer verifies.
package enum HS256 {
  package struct Key: TokenSigningKey, TokenVerificationKey {
    private let key: SymmetricKey

    /// A new key of 256 bits.
    package init() {
      key = SymmetricKey(size: .bits256)
    }

    package init(_ bytes: [UInt8]) {
      key = SymmetricKey(data: bytes)
    }

    package var algorithm: String { "HS256" }

    package func signature(for signingInput: [UInt8]) -> [UInt8] {
      Array(HMAC<SHA256>.authenticationCode(for: signingInput, using: key))
    }

    package func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
      HMAC<SHA256>.isValidAuthenticationCode(
        signature,
        authenticating: signingInput,
        using: key
      )
    }
  }
}
