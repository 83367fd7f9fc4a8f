import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct AdministrationTests {
  @Test func aServiceAccountsKeyLivesAndEndsWithIt() async throws {
    let office = try Office()
    let path = "/projects/\(office.project)/service_accounts"
    let made = try await office.administer(.post, path, #"{"name":"slot"}"#)
    #expect(made.status == 200)
    let issued = try #require(made.object["api_key"] as? [String: Any])
    let value = Secret(try #require(issued["value"] as? String))
    let keyID = try #require(issued["id"] as? String)
    let account = try #require(made.object["id"] as? String)

    #expect(try await office.ask(key: value).status == 200)
    let keys = "/projects/\(office.project)/api_keys"
    let shown = try await office.administer(.get, "\(keys)/\(keyID)")
    #expect(shown.object["last_used_at"] as? Int == 1_800_000_000)
    #expect(value.reveal { !shown.text.contains($0) })
    let list = try await office.administer(.get, keys)
    #expect(list.data.count == 2)
    #expect(value.reveal { !list.text.contains($0) })

    #expect(try await office.administer(.delete, "\(path)/\(account)").status == 200)
    #expect(try await office.ask(key: value).status == 401)
    #expect(try await office.administer(.get, "\(keys)/\(keyID)").status == 404)
    #expect(try await office.administer(.delete, "\(path)/\(account)").status == 404)
    #expect(try await office.administer(.get, path).data.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 100])
  func pagesShowEverythingOnce(limit: Int) async throws {
    let office = try Office()
    for number in 0..<5 { _ = try office.mock.createKey("k\(number)", project: office.project) }
    var names: [String] = []
    var after = ""
    while true {
      let path = "/projects/\(office.project)/api_keys?limit=\(limit)\(after)"
      let page = try await office.administer(.get, path)
      #expect(page.data.count <= limit)
      #expect(page.object["first_id"] as? String == page.data.first?["id"] as? String)
      names += page.data.compactMap { $0["name"] as? String }
      guard page.object["has_more"] as? Bool == true else { break }
      after = "&after=\(page.object["last_id"] as? String ?? "")"
    }
    #expect(names == ["first", "k0", "k1", "k2", "k3", "k4"])
  }

  /// A clean-up deletes the last key of a page, and goes on after it.
  @Test func aDeletedKeyIsStillAPlaceInTheList() async throws {
    let office = try Office()
    let second = try office.mock.createKey("second", project: office.project)
    try office.mock.deleteKey(id: office.key.id)
    let page = try await office.administer(
      .get,
      "/projects/\(office.project)/api_keys?after=\(office.key.id)"
    )
    #expect(page.data.compactMap { $0["id"] as? String } == [second.id])
  }

  @Test(arguments: [
    ("/projects?limit=0", 400), ("/projects?limit=101", 400), ("/projects?limit=100", 200),
    ("/projects?limit=x", 400), ("/projects?after=proj_none", 400), ("/projects/proj_none", 404),
    ("/projects?include_archived=maybe", 400), ("/nowhere", 404), ("/users", 200),
    ("/admin_api_keys?order=up", 400), ("/admin_api_keys?order=desc", 200),
  ])
  func oddQuestionsGetPlainAnswers(path: String, status: Int) async throws {
    let office = try Office()
    let answer = try await office.administer(.get, path)
    #expect(answer.status == status)
    #expect((answer.error == nil) == (status == 200))
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}", #"{"name":7}"#, #"{"name":null}"#, #"{"name":""}"#,
    #"{"name":"a","expires_in_seconds":0}"#, #"{"name":"a","expires_in_seconds":"soon"}"#,
    #"{"name":"a","create_service_account_only":true,"expires_in_seconds":9}"#,
  ])
  func aBadBodyIsRefused(body: String) async throws {
    let office = try Office()
    let answer = try await office.administer(
      .post,
      "/projects/\(office.project)/service_accounts",
      body
    )
    #expect(answer.status == 400)
    #expect(answer.error?.type == "invalid_request_error")
  }

  @Test func theFaultNamesTheParameter() async throws {
    let office = try Office()
    let path = "/projects/\(office.project)/service_accounts"
    let missing = try await office.administer(.post, path, "{}")
    #expect(missing.error?.param == "name")
    #expect(missing.error?.code == "missing_required_parameter")
    let wrong = try await office.administer(
      .post,
      path,
      #"{"name":"a","expires_in_seconds":"soon"}"#
    )
    #expect(wrong.error?.param == "expires_in_seconds")
  }

  @Test func anAdminKeyIsShownOnceAndEnds() async throws {
    let office = try Office()
    let made = try await office.administer(.post, "/admin_api_keys", #"{"name":"second"}"#)
    let value = Secret(try #require(made.object["value"] as? String))
    let id = try #require(made.object["id"] as? String)
    #expect(try await office.send(.get, "/v1/organization/projects", key: value).status == 200)
    let shown = try await office.administer(.get, "/admin_api_keys/\(id)")
    #expect(shown.object["value"] == nil)
    #expect(value.reveal { !shown.text.contains($0) })
    #expect(try await office.administer(.delete, "/admin_api_keys/\(id)").status == 200)
    #expect(try await office.send(.get, "/v1/organization/projects", key: value).status == 401)
  }

  @Test func nobodySeesAnotherOrganization() async throws {
    let office = try Office()
    let other = try office.mock.createOrganization("Other")
    let project = try office.mock.createProject("Theirs", organization: other)
    #expect(try await office.administer(.get, "/projects/\(project)").status == 404)
    #expect(try await office.administer(.get, "/projects").data.count == 1)
    #expect(try await office.administer(.post, "/projects/\(project)/archive").status == 404)
  }

  @Test func anArchivedProjectIsOver() async throws {
    let office = try Office()
    let path = "/projects/\(office.project)"
    let archived = try await office.administer(.post, "\(path)/archive")
    #expect(archived.object["status"] as? String == "archived")
    #expect(try await office.administer(.post, "\(path)/archive").error?.code == "project_archived")
    let account = try await office.administer(.post, "\(path)/service_accounts", #"{"name":"a"}"#)
    #expect(account.status == 400)
    #expect(try await office.ask().status == 401)
    #expect(try await office.administer(.get, "/projects").data.isEmpty)
    let all = try await office.administer(.get, "/projects?include_archived=true")
    #expect(all.data.count == 1)
  }

  @Test func keysOfServiceAccountsMayBeKeptFromDeletion() async throws {
    var settings = OpenAIMockSettings()
    settings.deletesServiceAccountKeys = false
    let office = try Office(settings)
    let path = "/projects/\(office.project)"
    let made = try await office.administer(.post, "\(path)/service_accounts", #"{"name":"a"}"#)
    let key = try #require((made.object["api_key"] as? [String: Any])?["id"] as? String)
    #expect(try await office.administer(.delete, "\(path)/api_keys/\(key)").status == 400)
    #expect(try await office.administer(.delete, "\(path)/api_keys/\(office.key.id)").status == 200)
  }
}
