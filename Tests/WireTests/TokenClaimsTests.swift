import Testing
import Wire

@Suite struct TokenClaimsTests {
  private func claims(exp: Int64, nbf: Int64?) -> BotFrameworkClaims {
    BotFrameworkClaims(
      iss: "issuer",
      aud: "bot",
      nbf: nbf.map { NumericDate(seconds: $0) },
      exp: NumericDate(seconds: exp),
      serviceurl: nil
    )
  }

  @Test func aTokenCountsFromItsFirstMomentToItsLast() {
    let token = claims(exp: 2_000, nbf: 1_000)
    for (now, isValid) in [(689, false), (700, true), (2_299, true), (2_300, false)]
      as [(Int64, Bool)]
    {
      #expect(token.isValid(atUnixSeconds: now, leeway: 300) == isValid, "\(now)")
    }
  }

  /// No number of a stranger's makes the other date meaningless.
  @Test func datesBeyondAllBoundsHideNothing() {
    #expect(!claims(exp: .max, nbf: 5_000).isValid(atUnixSeconds: 1_000, leeway: 300))
    #expect(claims(exp: .max, nbf: 1_000).isValid(atUnixSeconds: 1_000, leeway: 300))
    #expect(!claims(exp: .min, nbf: nil).isValid(atUnixSeconds: 1_000, leeway: 300))
  }
}
