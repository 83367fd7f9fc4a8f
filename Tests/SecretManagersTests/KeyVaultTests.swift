import HTTPTypes
import SecretManagers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct KeyVaultTests {
  private static let host = "acme.vault.azure.net"
  private let clock = BenchClock()
  private let mock: KeyVaultMock
  private let vault: ManagerBench
  private let entra: ManagerBench

  init() throws {
    mock = KeyVaultMock(
      host: Self.host,
      clients: [
        KeyVaultClientIdentity(
          name: "assistant",
          tenant: "tenant",
          clientID: "client",
          clientSecret: Secret("s+cret")
        )
      ],
      clock: clock,
      randomness: Randomness(seed: 1)
    )
    let hosts = mock.hosts
    vault = ManagerBench(host: Self.host, responder: try #require(hosts[Self.host]))
    entra = ManagerBench(
      host: KeyVaultMock.authorityHost,
      responder: try #require(hosts[KeyVaultMock.authorityHost])
    )
  }

  private func token(secret: String = "s%2Bcret") async throws -> BenchAnswer {
    try await entra.send(
      "POST",
      "/tenant/oauth2/v2.0/token",
      "grant_type=client_credentials&client_id=client&client_secret=\(secret)"
        + "&scope=https%3A%2F%2Fvault.azure.net%2F.default"
    )
  }

  private func ask(
    _ method: String,
    _ path: String,
    _ body: String = "",
    query: String = "?api-version=7.4"
  ) async throws -> BenchAnswer {
    let token = try await token().json["access_token"]?.text ?? ""
    return try await vault.send(
      method,
      path + query,
      body,
      headers: [.authorization: "Bearer \(token)"]
    )
  }

  @Test func withoutATokenItSaysWhereToGetOne() async throws {
    let answer = try await vault.send("GET", "/secrets/a?api-version=7.4")
    #expect(answer.status == 401)
    let challenge = try #require(
      answer.headers[.wwwAuthenticate].flatMap { KeyVault.Challenge($0) }
    )
    #expect(challenge.authorization == "https://login.windows.net/tenant")
    #expect(challenge.resource == "https://vault.azure.net")
    #expect(try await token(secret: "wrong").status == 401)
  }

  @Test func versionsAreMadeDisabledDeletedAndPurged() async throws {
    let first = try await ask("PUT", "/secrets/key", #"{"value":"k1","tags":{"a":"b"}}"#)
    let second = try await ask("PUT", "/secrets/Key", #"{"value":"k2"}"#)
    #expect(first.json["id"] != second.json["id"])
    #expect(try await ask("GET", "/secrets/key/").json["value"] == .string("k2"))
    let id = try #require(first.json["id"]?.text?.split(separator: "/").last)
    let old = try await ask("GET", "/secrets/key/\(id)")
    #expect(old.json["value"] == .string("k1"))
    #expect(old.json["tags"]?["a"] == .string("b"))
    _ = try await ask("PATCH", "/secrets/key/\(id)", #"{"attributes":{"enabled":false}}"#)
    let disabled = try await ask("GET", "/secrets/key/\(id)")
    #expect(disabled.status == 403)
    #expect(disabled.json["error"]?["innererror"]?["code"] == .string("SecretDisabled"))
    #expect(try await ask("DELETE", "/secrets/key").status == 200)
    #expect(try await ask("GET", "/secrets/key").status == 404)
    #expect(try await ask("PUT", "/secrets/key", #"{"value":"k3"}"#).status == 409)
    #expect(try await ask("DELETE", "/deletedsecrets/key").status == 204)
    #expect(try await ask("PUT", "/secrets/key", #"{"value":"k3"}"#).status == 200)
  }

  @Test func aVersionOfTheInterfaceMustBeNamed() async throws {
    #expect(try await ask("GET", "/secrets/a", query: "").status == 400)
    #expect(try await ask("GET", "/secrets/a", query: "?api-version=1.0").status == 400)
  }

  @Test(arguments: ["", "{}", "[]", #"{"value":1}"#])
  func whatIsNoSecretIsRefused(body: String) async throws {
    #expect(try await ask("PUT", "/secrets/a", body).status == 400)
  }

  @Test func tokensEnd() async throws {
    let token = try await token().json["access_token"]?.text ?? ""
    func status() async throws -> Int {
      try await vault.send(
        "GET",
        "/secrets/a?api-version=7.4",
        headers: [.authorization: "Bearer \(token)"]
      ).status
    }
    clock.pass(.seconds(3_598))
    #expect(try await status() == 404)
    clock.pass(.seconds(1))
    #expect(try await status() == 401)
  }
}
