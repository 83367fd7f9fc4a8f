import Crypto
import CryptoExtras
import Foundation
import Testing
import Wire

@Suite struct TokenKeyTests {
  private func published(
    _ key: RS256.PrivateKey,
    as kid: String,
    change: (inout OpenID.Key) -> Void = { _ in }
  ) throws -> OpenID.Key {
    var published = try key.publicKey.published(as: kid)
    change(&published)
    return published
  }

  @Test(arguments: ["none", "None", "NONE", "nOnE", "", "rs256", "RS384", "PS256", "HS256"])
  func `A key verifies one algorithm alone, even with its own signature`(alg: String) throws {
    let header = #"{"alg":"\#(alg)","kid":"k"}"#
    let signed = try TokenMaker.token(header: header)
    let bare = signed.split(separator: ".").prefix(2).joined(separator: ".") + "."
    for token in [signed, bare] {
      #expect(TokenMaker.fault(of: token, with: TokenMaker.key.publicKey) == .algorithm)
      let trusted = TrustedKeys(["k": TokenMaker.key.publicKey])
      #expect(TokenMaker.fault(of: token, among: trusted) == .algorithm)
    }
  }

  /// The classic: what everybody may know of an RSA key, used as the secret of a keyed hash.
  @Test func `A public key is no secret to sign with`() throws {
    let published = try published(TokenMaker.key, as: "k")
    let modulus = try #require(published.n)
    let secrets = [Array(modulus.utf8), Base64URL.bytes(of: modulus.utf8) ?? []]
    for secret in secrets {
      for alg in ["HS256", "RS256"] {
        let token = try TokenMaker.token(
          header: #"{"alg":"\#(alg)","kid":"k"}"#,
          signer: HS256.Key(secret)
        )
        let fault = TokenMaker.fault(of: token, with: TokenMaker.key.publicKey)
        #expect(fault == (alg == "HS256" ? .algorithm : .signature))
      }
    }
  }

  @Test func `A keyed hash is verified by its key alone`() throws {
    let key = HS256.Key([1, 2, 3])
    let token = try key.sign(TokenMaker.claims, kid: nil)
    #expect(TokenMaker.fault(of: token, with: key) == nil)
    #expect(TokenMaker.fault(of: token, with: HS256.Key([1, 2, 4])) == .signature)
    #expect(TokenMaker.fault(of: token, with: HS256.Key()) == .signature)
    let shortened = String(token.dropLast(2))
    #expect(TokenMaker.fault(of: shortened, with: key) != nil)
    #expect(TokenMaker.fault(of: token, with: TokenMaker.key.publicKey) == .algorithm)
  }

  @Test func `A token is held against the key that it names`() throws {
    let both = TrustedKeys(
      OpenID.KeySet(keys: [
        try published(TokenMaker.key, as: "a"), try published(TokenMaker.otherKey, as: "b"),
      ])
    )
    func fault(_ key: RS256.PrivateKey, _ kid: String?, _ keys: TrustedKeys) throws -> TokenFault? {
      TokenMaker.fault(of: try key.sign(TokenMaker.claims, kid: kid), among: keys)
    }
    #expect(try fault(TokenMaker.key, "a", both) == nil)
    #expect(try fault(TokenMaker.otherKey, "b", both) == nil)
    #expect(try fault(TokenMaker.key, "b", both) == .signature)
    #expect(try fault(TokenMaker.key, "c", both) == .unknownKey)
    #expect(try fault(TokenMaker.key, "", both) == .unknownKey)
    #expect(try fault(TokenMaker.key, nil, both) == .unknownKey)
    let one = TrustedKeys(["a": TokenMaker.key.publicKey])
    #expect(try fault(TokenMaker.key, nil, one) == nil)
    #expect(try fault(TokenMaker.otherKey, nil, one) == .signature)
    #expect(try fault(TokenMaker.key, "b", one) == .unknownKey)
    #expect(try fault(TokenMaker.key, "a", TrustedKeys([:])) == .unknownKey)
  }

  @Test func `A second key does not displace the first of its name`() throws {
    let set = OpenID.KeySet(keys: [
      try published(TokenMaker.key, as: "a"), try published(TokenMaker.otherKey, as: "a"),
    ])
    let keys = TrustedKeys(set)
    let genuine = try TokenMaker.key.sign(TokenMaker.claims, kid: "a")
    let displacing = try TokenMaker.otherKey.sign(TokenMaker.claims, kid: "a")
    #expect(TokenMaker.fault(of: genuine, among: keys) == nil)
    #expect(TokenMaker.fault(of: displacing, among: keys) == .signature)
  }

  @Test func `Only RSA signing keys of at least 2048 bits are used`() throws {
    #expect(try published(TokenMaker.key, as: "k").publicKey != nil)
    let changes: [(inout OpenID.Key) -> Void] = [
      { $0.kty = "EC" }, { $0.use = "enc" }, { $0.alg = "RS512" }, { $0.n = nil }, { $0.e = nil },
      { $0.n = "" }, { $0.e = "" }, { $0.n?.append("=") }, { $0.e = "AQAB\n" }, { $0.e = "AA" },
    ]
    for (index, change) in changes.enumerated() {
      let key = try published(TokenMaker.key, as: "k", change: change)
      #expect(key.publicKey == nil, "change \(index)")
    }
    let unstated = try published(TokenMaker.key, as: "k") {
      $0.use = nil
      $0.alg = nil
    }
    #expect(unstated.publicKey != nil)
    let small = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1_024))
    let numbers = try small.publicKey.getKeyPrimitives()
    #expect(
      RS256.PublicKey(
        modulus: Base64URL.text(of: numbers.modulus),
        exponent: Base64URL.text(of: numbers.publicExponent)
      ) == nil
    )
    #expect(throws: (any Error).self) { try RS256.PrivateKey(pem: small.pemRepresentation) }
    #expect(throws: (any Error).self) { try RS256.PrivateKey(pem: "no key") }
  }

  @Test func `A key set and a PEM bring back the same key`() throws {
    let json = try JSONEncoder().encode(
      OpenID.KeySet(keys: [try published(TokenMaker.key, as: "k")])
    )
    let keys = TrustedKeys(try JSONDecoder().decode(OpenID.KeySet.self, from: json))
    let reread = try RS256.PrivateKey(pem: TokenMaker.key.pem)
    let token = try reread.sign(TokenMaker.claims, kid: "k")
    #expect(try keys.verify(token) == TokenMaker.claims)
    // PKCS #1 v1.5 has no randomness: the same key gives the same signature.
    #expect(try token == TokenMaker.key.sign(TokenMaker.claims, kid: "k"))
  }
}
