import Secrets
import Testing
import Wire

@Suite struct SigV4Tests {
  private static let scope = SigV4.Scope(
    date: "20150830",
    region: "us-east-1",
    service: "service"
  )
  private static let key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

  /// One case of the test suite that AWS publishes.
  struct Published: Sendable, CustomTestStringConvertible {
    var name: String
    var method = "GET"
    var query = ""
    var headers: [String: String] = [:]
    var body = ""
    var signature: String

    var testDescription: String { name }
  }

  private static let sessionToken =
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmx"
    + "fpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0K"
    + "PkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZb"
    + "qBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="

  static let published = [
    Published(
      name: "get-vanilla",
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    ),
    Published(
      name: "get-vanilla-query-order-key-case",
      query: "Param1=value1&Param2=value2",
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    ),
    Published(
      name: "get-header-value-trim",
      headers: ["my-header1": " value1", "my-header2": " \"a   b   c\""],
      signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
    ),
    Published(
      name: "post-header-key-sort",
      method: "POST",
      headers: ["my-header1": "value1"],
      signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"
    ),
    Published(
      name: "post-sts-header-before",
      method: "POST",
      headers: ["x-amz-security-token": sessionToken],
      signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
    ),
    Published(
      name: "post-x-www-form-urlencoded-parameters",
      method: "POST",
      headers: [
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "content-length": "13",
        "x-amz-content-sha256": "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e",
      ],
      body: "Param1=value1",
      signature: "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422"
    ),
  ]

  @Test(arguments: published)
  func aPublishedExampleComesOut(example: Published) {
    var headers = ["host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"]
    headers.merge(example.headers) { $1 }
    let parts = SigV4.SignedParts(
      method: example.method,
      path: "/",
      query: example.query,
      headers: headers,
      body: Array(example.body.utf8)
    )
    func signature(of parts: SigV4.SignedParts, with key: Secret) -> String {
      SigV4.signature(
        of: parts,
        signing: headers.keys.shuffled(),
        at: "20150830T123600Z",
        in: Self.scope,
        with: key
      )
    }
    #expect(signature(of: parts, with: Self.key) == example.signature)
    #expect(signature(of: parts, with: Secret("another")) != example.signature)
    var changed = parts
    changed.body.append(0)
    #expect(signature(of: changed, with: Self.key) != example.signature)
  }

  @Test func aHeaderIsReadAsItWasWritten() {
    let authorization = SigV4.Authorization(
      accessKeyID: "AKIDEXAMPLE",
      scope: Self.scope,
      signedHeaders: ["host", "x-amz-date"],
      signature: "00ff"
    )
    #expect(SigV4.Authorization(authorization.text) == authorization)
    for text in ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=x"] {
      #expect(SigV4.Authorization(text) == nil)
    }
  }

  @Test func aChallengeIsReadAsItWasWritten() {
    let challenge = KeyVault.Challenge(
      authorization: "https://login.windows.net/t",
      resource: "https://vault.azure.net"
    )
    #expect(KeyVault.Challenge(challenge.text) == challenge)
    #expect(KeyVault.Challenge("Basic realm=\"x\"") == nil)
    #expect(KeyVault.Challenge("Bearer resource=\"x\"") == nil)
  }
}
