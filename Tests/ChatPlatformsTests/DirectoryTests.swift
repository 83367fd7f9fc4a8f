import ChatPlatforms
import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Testing
import Wire
import Worlds

@Suite("Directories and token endpoints")
struct DirectoryTests {
  private let graphScope = "https%3A%2F%2Fgraph.microsoft.com%2F.default"

  private func graphToken(_ fixture: ChatFixture, of person: String) async throws -> String {
    let tenant = try #require(fixture.world.population.people[person]).tenant.teamsTenantID
    return try await fixture.microsoftToken(scope: graphScope, tenant: tenant)
      .decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
  }

  private func graphURL(_ fixture: ChatFixture, _ person: String) throws -> String {
    let id = try #require(fixture.world.population.people[person]).objectID
    return "https://graph.microsoft.com/v1.0/users/\(id)"
  }

  @Test("Graph gives the department when it is selected, and a move is seen at once")
  func graph() async throws {
    let fixture = try await ChatFixture()
    let token = try await graphToken(fixture, of: "ana")
    let url = try graphURL(fixture, "ana")
    let plain = try await fixture.ask(.get, url, bearer: token)
    #expect(plain.status == 200)
    #expect(!String(buffer: plain.body).contains("department"))
    for query in ["?$select=id,displayName,department", "?%24select=id%2CdisplayName%2Cdepartment"]
    {
      let user = try await fixture.ask(.get, url + query, bearer: token)
        .decoded(MicrosoftGraph.User.self)
      #expect(user.department == "hr")
      #expect(user.displayName == "Ana")
      #expect(user.userPrincipalName == nil)
    }
    #expect(fixture.world.directory.move(person: "ana", to: "sales"))
    let moved = try await fixture.ask(.get, url + "?$select=id,department", bearer: token)
    #expect(try moved.decoded(MicrosoftGraph.User.self).department == "sales")
    #expect(!fixture.world.directory.move(person: "nobody", to: "sales"))
    #expect(try await fixture.ask(.get, url + "?$select=wrong", bearer: token).status == 400)
  }

  @Test("Graph shows a tenant its own people only, and nothing to a bad token")
  func graphRefusals() async throws {
    let fixture = try await ChatFixture()
    let token = try await graphToken(fixture, of: "ana")
    let stranger = try await fixture.ask(.get, graphURL(fixture, "gus"), bearer: token)
    #expect(stranger.status == 404)
    #expect(
      try stranger.decoded(MicrosoftGraph.ErrorBody.self).error.code
        == "Request_ResourceNotFound"
    )
    let url = try graphURL(fixture, "ana")
    let connector = try await fixture.connectorToken()
    #expect(try await fixture.ask(.get, url, bearer: connector).status == 401)
    #expect(try await fixture.ask(.get, url).status == 401)
    let everywhere = try await fixture.microsoftToken(scope: graphScope)
      .decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
    #expect(try await fixture.ask(.get, url, bearer: everywhere).status == 403)
    #expect(fixture.rejections.count == 3)
    fixture.world.directory.remove(person: "ana")
    #expect(try await fixture.ask(.get, url, bearer: token).status == 404)
  }

  @Test("The Workspace directory gives the primary department, by id and by address")
  func google() async throws {
    let fixture = try await ChatFixture()
    let ben = try #require(fixture.world.population.people["ben"])
    let url = "https://admin.googleapis.com/admin/directory/v1/users/"
    let token = try await fixture.googleToken(scope: GoogleDirectory.readScope)
    for key in [ben.googleID, "ben%40acme.example"] {
      let user = try await fixture.ask(.get, url + key, bearer: token)
        .decoded(GoogleDirectory.User.self)
      #expect(user.department == "sales")
      #expect(user.primaryEmail == "ben@acme.example")
      #expect(user.id == ben.googleID)
    }
    fixture.world.directory.move(person: "ben", to: "hr")
    let moved = try await fixture.ask(.get, url + ben.googleID, bearer: token)
    #expect(try moved.decoded(GoogleDirectory.User.self).department == "hr")
    #expect(try await fixture.ask(.get, url + "nobody", bearer: token).status == 404)
    let chat = try await fixture.googleToken()
    #expect(try await fixture.ask(.get, url + ben.googleID, bearer: chat).status == 401)
    let delegated = try await fixture.googleToken(
      scope: GoogleDirectory.readScope,
      subject: "admin@globex.example"
    )
    #expect(try await fixture.ask(.get, url + ben.googleID, bearer: delegated).status == 404)
  }

  @Test("Entra's token endpoint answers as documented")
  func microsoftTokens() async throws {
    let fixture = try await ChatFixture()
    let wrong = try await fixture.microsoftToken(secret: "guess")
    #expect(wrong.status == 401)
    let body = try wrong.decoded(OAuth.ErrorBody.self)
    #expect(body.error == "invalid_client")
    #expect(body.errorCodes == [7_000_215])
    #expect(!String(buffer: wrong.body).contains("guess"))
    #expect(try await fixture.microsoftToken(scope: "other").status == 400)
    #expect(try await fixture.microsoftToken(tenant: "unknown").status == 400)
    let good = try await fixture.microsoftToken().decoded(OAuth.TokenResponse.self)
    #expect(good.expiresIn == 3_599)
    let url = "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token"
    for bad in ["", "nonsense", "grant_type=password", "a[b][c]=%zz&&&="] {
      #expect(try await fixture.ask(.post, url, body: bad).status == 400)
    }
    let huge = String(repeating: "a", count: 20_000)
    #expect(try await fixture.ask(.post, url, body: huge).status == 413)
  }

  @Test("Google's token endpoint takes what the service account signed, and nothing else")
  func googleTokens() async throws {
    let fixture = try await ChatFixture()
    let good = try await fixture.googleAssertion(scope: GoogleChat.botScope)
    #expect(good.status == 200)
    let foreign = try await IssuerKeys.make().serviceAccountPrivateKey
    let forged = try await fixture.googleAssertion(scope: GoogleChat.botScope, pem: foreign)
    #expect(forged.status == 400)
    #expect(
      try forged.decoded(OAuth.ErrorBody.self)
        == OAuth.ErrorBody(error: "invalid_grant", errorDescription: "Invalid JWT Signature.")
    )
    let url = "https://oauth2.googleapis.com/token"
    #expect(try await fixture.ask(.post, url, body: "assertion=a.b.c").status == 400)
    #expect(try await fixture.ask(.post, url, body: "").status == 400)
  }
}
