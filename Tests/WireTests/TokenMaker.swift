import Wire

/// Keys of the tests, and tokens put together by hand, as wrong as one likes.
enum TokenMaker {
  struct Claims: Codable, Equatable {
    var sub: String
    var exp: Int
  }

  static let claims = Claims(sub: "ana", exp: 1_800_000_000)
  /// Making RSA keys is slow: all tests share these.
  static let key = newKey()
  static let otherKey = newKey()

  private static func newKey() -> RS256.PrivateKey {
    do {
      return try RS256.PrivateKey()
    } catch {
      preconditionFailure("no RSA key could be made: \(error)")
    }
  }

  /// A token with these bytes, signed by `signer` whatever its header says.
  static func token(
    header: String,
    payload: String = #"{"exp":1800000000,"sub":"ana"}"#,
    signer: some TokenSigningKey = key
  ) throws -> String {
    let input = Base64URL.text(of: header.utf8) + "." + Base64URL.text(of: payload.utf8)
    return input + "." + Base64URL.text(of: try signer.signature(for: Array(input.utf8)))
  }

  static func fault(of token: String, with key: some TokenVerificationKey) -> TokenFault? {
    do throws(TokenFault) {
      try CompactToken(token).verify(with: key)
      return nil
    } catch {
      return error
    }
  }

  static func fault(of token: String, among keys: TrustedKeys) -> TokenFault? {
    do throws(TokenFault) {
      _ = try keys.verify(token, as: Claims.self)
      return nil
    } catch {
      return error
    }
  }
}
