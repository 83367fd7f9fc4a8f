import Testing
import Wire

@Suite struct CompactTokenTests {
  private struct StandardClaims: Decodable {
    var iss: String
    var exp: Int
  }

  @Test func `The example of RFC 7515, appendix A.2, is genuine`() throws {
    let key = try #require(StandardExample.key.publicKey)
    let token = try CompactToken(StandardExample.token)
    #expect(token.header == CompactToken.Header(alg: "RS256", kid: nil))
    try token.verify(with: key)
    let claims: StandardClaims = try token.claims()
    #expect(claims.iss == "joe")
    #expect(claims.exp == 1_300_819_380)
    #expect(
      TokenMaker.fault(of: StandardExample.token, with: TokenMaker.key.publicKey) == .signature
    )
  }

  @Test func `A change of any one character is seen`() throws {
    let token = Array(try TokenMaker.key.sign(TokenMaker.claims, kid: "k").utf8)
    for index in token.indices {
      var changed = token
      changed[index] = changed[index] == UInt8(ascii: "B") ? UInt8(ascii: "C") : UInt8(ascii: "B")
      let text = String(decoding: changed, as: UTF8.self)
      #expect(TokenMaker.fault(of: text, with: TokenMaker.key.publicKey) != nil, "at \(index)")
    }
  }

  @Test func `A part of another token does not fit`() throws {
    let first = try TokenMaker.key.sign(TokenMaker.claims, kid: "k").split(separator: ".")
    var other = TokenMaker.claims
    other.sub = "ben"
    let second = try TokenMaker.key.sign(other, kid: "l").split(separator: ".")
    for index in 0..<3 {
      var parts = first
      parts[index] = second[index]
      let mixed = parts.joined(separator: ".")
      #expect(TokenMaker.fault(of: mixed, with: TokenMaker.key.publicKey) == .signature)
    }
  }

  @Test func `What is signed comes back`() throws {
    let token = try TokenMaker.key.sign(TokenMaker.claims, kid: #"a "quoted" näme"#)
    let parsed = try CompactToken(token)
    #expect(parsed.header == CompactToken.Header(alg: "RS256", kid: #"a "quoted" näme"#))
    try parsed.verify(with: TokenMaker.key.publicKey)
    #expect(try parsed.claims() == TokenMaker.claims)
    #expect(try CompactToken(TokenMaker.key.sign(TokenMaker.claims, kid: nil)).header.kid == nil)
  }

  @Test(
    arguments: [
      "", ".", "..", "...", "a", "e30.e30", "e30.e30.e30.e30", ".e30.e30", "e30..e30",
      "e30.e30.e3 ", "e30.e30.e30=", "e30.e30.e3+", "e30.e30.é", "W10.e30.", "bnVsbA.e30.",
    ])
  func `Whatever has another shape is malformed`(text: String) {
    #expect(throws: TokenFault.malformed) { try CompactToken(text) }
  }

  @Test(
    arguments: [
      #"{"alg":"RS256","alg":"none"}"#, #"{"alg":"RS256","kid":"a","kid":"b"}"#,
      #"{"alg":"RS256","\u0061lg":"RS256"}"#, #"{"kid":"a"}"#, #"{"alg":null}"#, #"{"alg":256}"#,
      #"{"alg":["RS256"]}"#, #"{"alg":"RS256","kid":7}"#, #"{"alg":"RS256"} "x""#,
      #"{"alg":"RS256""#,
    ])
  func `A header that two readers may read differently is malformed`(header: String) throws {
    let token = try TokenMaker.token(header: header)
    #expect(throws: TokenFault.malformed) { try CompactToken(token) }
  }

  @Test(
    arguments: [
      #"{"sub":"ana","exp":1,"sub":"ben"}"#, "[]", #""text""#, "{", "{}{}",
      String(repeating: #"{"a":"#, count: 1_000),
    ])
  func `A payload must be one object, and say nothing twice`(payload: String) throws {
    let token = try TokenMaker.token(header: #"{"alg":"RS256"}"#, payload: payload)
    #expect(throws: TokenFault.malformed) { try CompactToken(token) }
  }

  @Test func `Claims of another type are no claims`() throws {
    for payload in [#"{"sub":7,"exp":1}"#, #"{"sub":"ana"}"#, "{}", #"{"sub":"ana","exp":"1"}"#] {
      let token = try CompactToken(
        TokenMaker.token(header: #"{"alg":"RS256"}"#, payload: payload)
      )
      try token.verify(with: TokenMaker.key.publicKey)
      #expect(throws: TokenFault.claims) { try token.claims(as: TokenMaker.Claims.self) }
    }
  }

  @Test func `An extension that nobody here knows is refused`() throws {
    let token = try TokenMaker.token(header: #"{"alg":"RS256","b64":false,"crit":["b64"]}"#)
    #expect(throws: TokenFault.criticalExtension) { try CompactToken(token) }
  }

  @Test func `A token is as long as it may be, and no longer`() throws {
    func token(_ length: Int) throws -> String {
      var padding = 0
      while true {
        let payload = #"{"p":""# + String(repeating: "x", count: padding) + #""}"#
        let token = try TokenMaker.token(
          header: #"{"alg":"HS256"}"#,
          payload: payload,
          signer: HS256.Key([1, 2, 3])
        )
        if token.utf8.count >= length { return token }
        padding += max(1, (length - token.utf8.count) * 3 / 4 - 2)
      }
    }
    let longest = try token(CompactToken.longest)
    #expect(longest.utf8.count == CompactToken.longest)
    try CompactToken(longest).verify(with: HS256.Key([1, 2, 3]))
    let tooLong = try token(CompactToken.longest + 1)
    #expect(throws: TokenFault.tooLong) { try CompactToken(tooLong) }
  }
}

/// RFC 7515, appendix A.2.
private enum StandardExample {
  static let key = OpenID.Key(
    kid: nil,
    n: """
      ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4\
      d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5re\
      xMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxX\
      FvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ
      """,
    e: "AQAB"
  )

  static let token = """
    eyJhbGciOiJSUzI1NiJ9.\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
    cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5\
    jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb\
    1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO\
    YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
    """
}
