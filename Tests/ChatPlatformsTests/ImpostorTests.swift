import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Testing
import Wire
import Worlds

@Suite("Tricks of impostors")
struct ImpostorTests {
  /// What is wrong with a token, found as a careful bot would find it.
  private func finding(
    _ token: String,
    keySetURL: String,
    _ fixture: ChatFixture,
    judge: (CompactToken, OpenID.Key) throws -> String
  ) async throws -> String {
    guard !token.isEmpty else { return "no token" }
    guard let parsed = try? CompactToken(token) else { return "garbage" }
    guard parsed.header.alg == "RS256" else { return "algorithm" }
    let set = try await fixture.ask(.get, keySetURL).decoded(OpenID.KeySet.self)
    guard let key = set.keys.first(where: { $0.kid == parsed.header.kid }) else {
      return "unknown key"
    }
    let published = try #require(key.publicKey)
    guard (try? parsed.verify(with: published)) != nil else { return "signature" }
    return try judge(parsed, key)
  }

  @Test(
    "Every trick on Teams has the one flaw that its name says",
    arguments: [
      (ImpostorTrick.genuine, "none"), (.forgedSignature, "signature"), (.expired, "expired"),
      (.wrongAudience, "audience"), (.wrongIssuer, "issuer"), (.wrongServiceURL, "service"),
      (.notEndorsed, "endorsement"), (.unknownKey, "unknown key"), (.noToken, "no token"),
      (.unsignedAlgorithm, "algorithm"), (.garbage, "garbage"), (.wrongTenant, "tenant"),
      (.confusedAlgorithm, "algorithm"),
    ]
  )
  func teams(trick: ImpostorTrick, flaw: String) async throws {
    let fixture = try await ChatFixture(vendor: ScriptedVendor { _ in (401, "go away") })
    let status = await fixture.world.teams.sendAsImpostor(
      trick: trick,
      "hi",
      person: "ana",
      message: "x1"
    )
    #expect(status == 401)
    #expect(fixture.attempts.isEmpty)
    let delivery = try #require(fixture.vendor.deliveries.first)
    let body = try JSONDecoder().decode(
      BotFramework.Activity.self,
      from: Data(delivery.body.readableBytesView)
    )
    let now = fixture.clock.now.unixSeconds
    let found = try await finding(
      delivery.token,
      keySetURL: "https://login.botframework.com/v1/.well-known/keys",
      fixture
    ) { token, key in
      let claims: BotFrameworkClaims = try token.claims()
      var flaws: [String] = []
      if claims.iss != "https://api.botframework.com" { flaws.append("issuer") }
      if !claims.isValid(atUnixSeconds: now, leeway: 300) { flaws.append("expired") }
      if !claims.aud.contains("c0ffee00-0000-4000-8000-000000000001") { flaws.append("audience") }
      if key.endorsements?.contains("msteams") != true { flaws.append("endorsement") }
      if claims.serviceurl != body.serviceUrl { flaws.append("service") }
      if body.conversation?.tenantId?.hasPrefix("5712a96e") == true { flaws.append("tenant") }
      return flaws.isEmpty ? "none" : flaws.joined(separator: " ")
    }
    #expect(found == flaw)
  }

  @Test(
    "Every trick on Google Chat has a flaw of its own",
    arguments: [
      (ImpostorTrick.genuine, "none"), (.forgedSignature, "signature"), (.expired, "expired"),
      (.wrongAudience, "audience"), (.wrongIssuer, "issuer"), (.wrongServiceURL, "audience"),
      (.notEndorsed, "unknown key"), (.noToken, "no token"), (.unsignedAlgorithm, "algorithm"),
      (.garbage, "garbage"), (.unknownKey, "unknown key"), (.wrongTenant, "domain"),
      (.confusedAlgorithm, "algorithm"),
    ]
  )
  func google(trick: ImpostorTrick, flaw: String) async throws {
    let fixture = try await ChatFixture(vendor: ScriptedVendor { _ in (401, "") })
    let status = await fixture.world.googleChat.sendAsImpostor(
      trick: trick,
      "hi",
      person: "ben",
      message: "x1"
    )
    #expect(status == 401)
    let delivery = try #require(fixture.vendor.deliveries.first)
    let now = fixture.clock.now.unixSeconds
    let found = try await finding(
      delivery.token,
      keySetURL: "https://www.googleapis.com/service_accounts/v1/metadata/jwk/"
        + "chat@system.gserviceaccount.com",
      fixture
    ) { token, _ in
      let claims: GoogleChatClaims = try token.claims()
      var flaws: [String] = []
      if claims.iss != "chat@system.gserviceaccount.com" { flaws.append("issuer") }
      if !claims.isValid(atUnixSeconds: now, leeway: 60) { flaws.append("expired") }
      if !claims.aud.contains("1234567890") { flaws.append("audience") }
      if String(decoding: delivery.body.readableBytesView, as: UTF8.self).contains("C05712a9e") {
        flaws.append("domain")
      }
      return flaws.isEmpty ? "none" : flaws.joined(separator: " ")
    }
    #expect(found == flaw)
  }
}
