import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct KeyLifecycleTests {
  @Test func aKeyExpiresAtItsMoment() async throws {
    let office = try Office()
    let key = try office.mock.createKey(
      "short",
      project: office.project,
      expiresAt: office.clock.now + .seconds(60)
    )
    office.clock.advance(.nanoseconds(59_999_999_999))
    #expect(try await office.ask(key: key.secret).status == 200)
    office.clock.advance(.nanoseconds(1))
    let late = try await office.ask(key: key.secret)
    #expect(late.status == 401 && late.error?.code == "invalid_api_key")
  }

  @Test func aDisabledKeyComesBackAndADeletedOneDoesNot() async throws {
    let office = try Office()
    try office.mock.disableKey(id: office.key.id)
    #expect(try await office.ask().status == 401)
    try office.mock.enableKey(id: office.key.id)
    #expect(try await office.ask().status == 200)
    try office.mock.deleteKey(id: office.key.id)
    #expect(try await office.ask().status == 401)
    #expect(throws: ProviderAccountError.unknownKey(office.key.id)) {
      try office.mock.enableKey(id: office.key.id)
    }
  }

  @Test(arguments: [
    (KeyRestriction(endpoints: ["/v1/embeddings"]), 403, 403),
    (KeyRestriction(endpoints: ["/v1/chat"]), 200, 403),
    (KeyRestriction(scopes: ["model.request"]), 200, 403),
    (KeyRestriction(scopes: ["api.model.read"]), 403, 200),
    (KeyRestriction(scopes: ["api.all.read"]), 403, 200),
    (KeyRestriction(endpoints: ["/v1/chat/completionsx"]), 403, 403),
    (KeyRestriction(), 200, 200),
  ])
  func aRestrictedKeyIsTakenWhereItMay(
    restriction: KeyRestriction,
    chat: Int,
    models: Int
  ) async throws {
    let office = try Office()
    try office.mock.restrictKey(id: office.key.id, to: restriction)
    let answer = try await office.ask()
    #expect(answer.status == chat)
    if chat == 403 {
      #expect(answer.error?.type == "invalid_request_error")
      #expect(answer.error?.message.contains("Missing scopes: model.request.") == true)
    }
    let list = try await office.send(.get, "/v1/models", key: office.key.secret)
    #expect(list.status == models)
  }

  @Test func theStatusOfAMissingScopeIsASetting() async throws {
    var settings = OpenAIMockSettings()
    settings.missingScopeStatus = 401
    let office = try Office(settings)
    #expect(try await office.ask(key: office.admin).status == 401)
  }

  @Test func eachKindOfKeyHasItsOwnSide() async throws {
    let office = try Office()
    let chat = try await office.ask(key: office.admin)
    #expect(chat.status == 403)
    let projects = try await office.send(
      .get,
      "/v1/organization/projects",
      key: office.key.secret
    )
    #expect(projects.status == 403)
    #expect(projects.error?.message.contains("api.management.read") == true)
    let costs = try await office.send(
      .get,
      "/v1/organization/costs?start_time=0",
      key: office.key.secret
    )
    #expect(costs.error?.message.contains("api.usage.read") == true)
    #expect(try await office.send(.get, "/v1/organization/projects", key: nil).status == 401)
  }

  @Test func aDelayAcceptsForItsTimeAndNoLonger() async throws {
    var settings = OpenAIMockSettings()
    settings.revocation = .delay(.seconds(5))
    let office = try Office(settings)
    try office.mock.deleteKey(id: office.key.id)
    office.clock.advance(.nanoseconds(4_999_999_999))
    #expect(try await office.ask().status == 200)
    office.clock.advance(.nanoseconds(1))
    #expect(try await office.ask().status == 401)
    let rows = try office.mock.ledgerStore.rows(LedgerFilter(), after: 0, limit: 10)
    #expect(rows.map(\.isGrace) == [true, false])
    #expect(rows.map(\.order) == [1, 2])
  }

  @Test func aWindowAlternatesAndSettles() async throws {
    var settings = OpenAIMockSettings()
    settings.revocation = .window(.seconds(10), replicas: 8)
    func statuses() async throws -> [Int] {
      let office = try Office(settings)
      try office.mock.deleteKey(id: office.key.id)
      var found: [Int] = []
      for _ in 0..<120 {
        found.append(try await office.ask().status)
        office.clock.advance(.milliseconds(100))
      }
      return found
    }
    let found = try await statuses()
    #expect(found.dropFirst(100).allSatisfy { $0 == 401 })
    let window = Array(found.prefix(100))
    let refusedThenAccepted = zip(window, window.dropFirst()).count { $0 == 401 && $1 == 200 }
    #expect(refusedThenAccepted >= 3, "\(window)")
    #expect(try await statuses() == found)
  }

  @Test func anEndThatIsImmediateIsImmediate() async throws {
    let office = try Office()
    #expect(try await office.ask().status == 200)
    #expect(try office.mock.deleteKey(id: office.key.id) == 1)
    #expect(try await office.ask().status == 401)
    #expect(try office.mock.deleteKey(id: office.key.id) == 2)
  }

  @Test func aValueServesOneKeyOnly() async throws {
    let office = try Office()
    let value = Secret("my-own-key")
    let mine = try office.mock.createKey("mine", project: office.project, value: value)
    #expect(try await office.ask(key: value).status == 200)
    #expect(throws: ProviderAccountError.valueTaken) {
      try office.mock.createKey("again", project: office.project, value: value)
    }
    #expect(office.mock.keyID(for: value) == mine.id)
  }
}
