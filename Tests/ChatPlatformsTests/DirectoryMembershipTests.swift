import ChatPlatforms
import HTTPTypes
import NIOCore
import Secrets
import Testing
import Wire
import Worlds

@Suite("Groups, guests and ended accounts")
struct DirectoryMembershipTests {
  private func graph(_ fixture: ChatFixture, _ person: String) async throws -> (String, String) {
    let identity = try #require(fixture.world.population.people[person])
    let token = try await fixture.microsoftToken(
      scope: "https%3A%2F%2Fgraph.microsoft.com%2F.default",
      tenant: identity.tenant.teamsTenantID
    ).decoded(OAuth.TokenResponse.self).accessToken.reveal { $0 }
    return ("https://graph.microsoft.com/v1.0/users/\(identity.objectID)", token)
  }

  @Test("Memberships come in pages that lead to each other, and end")
  func memberships() async throws {
    let fixture = try await ChatFixture()
    let (url, token) = try await graph(fixture, "ana")
    var next: String? = url + "/transitiveMemberOf?$select=id,displayName&$top=100"
    var found: [MicrosoftGraph.DirectoryObject] = []
    var pages = 0
    while let page = next {
      let answer = try await fixture.ask(.get, page, bearer: token)
      #expect(answer.status == 200)
      let objects = try MicrosoftGraph.DirectoryObjects(json: Array(answer.body.readableBytesView))
      found += objects.value
      next = objects.nextLink
      pages += 1
      try #require(pages < 10)
    }
    #expect(pages == 2)
    #expect(Set(found.map(\.id)).count == found.count)
    #expect(found.contains { $0.kind == .directoryRole })
    #expect(found.contains { $0.kind == .group })
    let bad = url + "/transitiveMemberOf?$skiptoken=x"
    #expect(try await fixture.ask(.get, bad, bearer: token).status == 400)
    #expect(try await fixture.ask(.get, url + "/transitiveMemberOf").status == 401)
  }

  @Test("Google lists the groups of a person in pages, to a token of that scope alone")
  func googleGroups() async throws {
    let fixture = try await ChatFixture()
    let ben = try #require(fixture.world.population.people["ben"])
    let url = "https://admin.googleapis.com/admin/directory/v1/groups?userKey=\(ben.googleID)"
    let token = try await fixture.googleToken(scope: GoogleDirectory.groupScope)
    let first = try GoogleDirectory.Groups(
      json: Array(try await fixture.ask(.get, url, bearer: token).body.readableBytesView)
    )
    #expect(first.groups.count == 2)
    let next = try #require(first.nextPageToken)
    let second = try await fixture.ask(.get, url + "&pageToken=\(next)", bearer: token)
    let rest = try GoogleDirectory.Groups(json: Array(second.body.readableBytesView))
    #expect(!rest.groups.isEmpty)
    #expect(rest.nextPageToken == nil)
    let other = try await fixture.googleToken(scope: GoogleDirectory.readScope)
    #expect(try await fixture.ask(.get, url, bearer: other).status == 401)
  }

  @Test("An ended account says so, and a throttled directory says when to come back")
  func endedAndThrottled() async throws {
    let fixture = try await ChatFixture()
    let (url, token) = try await graph(fixture, "ana")
    let select = url + "?$select=id,accountEnabled,userType"
    fixture.world.directory.setActive(false, person: "ana")
    let ended = try await fixture.ask(.get, select, bearer: token)
    #expect(
      try MicrosoftGraph.User(json: Array(ended.body.readableBytesView)).accountEnabled == false
    )
    fixture.world.directory.setActive(true, person: "ana")
    fixture.world.directory.setRefusal(.init(status: 429, retryAfter: .seconds(7)))
    #expect(try await fixture.ask(.get, select, bearer: token).status == 429)
    fixture.world.directory.setRefusal(nil)
    let back = try await fixture.ask(.get, select, bearer: token)
    let user = try MicrosoftGraph.User(json: Array(back.body.readableBytesView))
    #expect(user.accountEnabled == true)
    #expect(user.userType == "Member")
  }
}
