import HTTPTypes
import SecretManagers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct VaultTests {
  private let clock = BenchClock()
  private let mock: VaultMock
  private let bench: ManagerBench
  private static let path = "/v1/secret/data/keyproof/customer-acme"

  init() {
    mock = VaultMock(
      roles: [
        .keeper(
          name: "assistant",
          roleID: "role",
          secretID: Secret("secret-id"),
          folder: "keyproof"
        )
      ],
      rootToken: Secret("root"),
      clock: clock,
      randomness: Randomness(seed: 1)
    )
    bench = ManagerBench(host: "vault.example", responder: mock.responder)
  }

  private func ask(
    _ method: String,
    _ path: String,
    _ body: String = "",
    token: String? = "root"
  ) async throws -> BenchAnswer {
    var headers: HTTPFields = [:]
    headers[Vault.tokenHeader] = token
    return try await bench.send(method, path, body, headers: headers)
  }

  private func login(_ secretID: String = "secret-id") async throws -> BenchAnswer {
    try await ask(
      "POST",
      "/v1/auth/approle/login",
      #"{"role_id":"role","secret_id":"\#(secretID)"}"#,
      token: nil
    )
  }

  @Test func aRoleLogsInAndItsTokenEnds() async throws {
    let wrong = try await login("other")
    #expect(wrong.status == 400)
    #expect(wrong.errors == ["invalid role or secret ID"])
    let given = try await login()
    let token = try #require(given.json["auth"]?["client_token"]?.text)
    #expect(given.json["auth"]?["lease_duration"] == .integer(1_200))
    #expect(try await ask("GET", Self.path, token: token).status == 404)
    clock.pass(.seconds(1_199))
    #expect(try await ask("GET", Self.path, token: token).status == 404)
    clock.pass(.seconds(1))
    let late = try await ask("GET", Self.path, token: token)
    #expect(late.status == 403)
    #expect(late.errors?.first?.contains("invalid token") == true)
  }

  @Test func aRoleReachesItsOwnFolderAlone() async throws {
    let token = try #require(try await login().json["auth"]?["client_token"]?.text)
    let write = #"{"data":{"api_key":"k1"}}"#
    #expect(try await ask("POST", Self.path, write, token: token).status == 200)
    let others = try await ask("GET", "/v1/secret/data/other/thing", token: token)
    #expect(others.status == 403)
    #expect(others.errors == ["1 error occurred:\n\t* permission denied\n\n"])
    let climbing = "/v1/secret/data/keyproof/../other/thing"
    #expect(try await ask("GET", climbing, token: token).status == 404)
    #expect(try await ask("GET", Self.path, token: nil).errors == ["permission denied"])
  }

  @Test func versionsAreDeletedBroughtBackAndDestroyed() async throws {
    for key in ["k1", "k2"] {
      _ = try await ask("POST", Self.path, #"{"data":{"api_key":"\#(key)"}}"#)
    }
    let newest = try await ask("GET", Self.path)
    #expect(newest.json["data"]?["data"]?["api_key"] == .string("k2"))
    #expect(newest.json["data"]?["metadata"]?["version"] == .integer(2))
    #expect(try await ask("DELETE", Self.path).status == 204)
    let deleted = try await ask("GET", Self.path)
    #expect(deleted.status == 404)
    #expect(deleted.json["data"]?["data"] == .null)
    let verbs = "/v1/secret/"
    let name = "/keyproof/customer-acme"
    _ = try await ask("POST", verbs + "undelete" + name, #"{"versions":[2]}"#)
    #expect(try await ask("GET", Self.path).status == 200)
    _ = try await ask("PUT", verbs + "destroy" + name, #"{"versions":[1]}"#)
    let destroyed = try await ask("GET", Self.path + "?version=1")
    #expect(destroyed.status == 404)
    #expect(destroyed.json["data"]?["metadata"]?["destroyed"] == .bool(true))
    _ = try await ask("DELETE", verbs + "metadata" + name)
    #expect(try await ask("GET", Self.path).errors == [])
  }

  @Test func checkAndSetIsKept() async throws {
    func write(_ cas: Int) async throws -> BenchAnswer {
      try await ask("POST", Self.path, #"{"data":{"a":"b"},"options":{"cas":\#(cas)}}"#)
    }
    #expect(try await write(1).status == 400)
    #expect(try await write(0).status == 200)
    let stale = try await write(0)
    #expect(stale.errors == ["check-and-set parameter did not match the current version"])
    #expect(try await write(1).status == 200)
  }

  @Test func aSealedServerGivesOutNothing() async throws {
    _ = try await ask("POST", Self.path, #"{"data":{"a":"b"}}"#)
    mock.setFault(.sealed)
    let sealed = try await ask("GET", Self.path)
    #expect(sealed.status == 503)
    #expect(sealed.errors == ["Vault is sealed"])
    let health = try await ask("GET", "/v1/sys/health", token: nil)
    #expect(health.status == 503)
    #expect(health.json["sealed"] == .bool(true))
    mock.setFault(nil)
    #expect(try await ask("GET", Self.path).status == 200)
    #expect(try await ask("GET", "/v1/sys/health", token: nil).status == 200)
  }

  @Test func transitOpensWhatItClosedUnderTheSameContextAlone() async throws {
    _ = try await ask("POST", "/v1/transit/keys/k")
    let given = try await ask(
      "POST",
      "/v1/transit/encrypt/k",
      #"{"plaintext":"aGVsbG8=","associated_data":"YQ=="}"#
    )
    let text = try #require(given.json["data"]?["ciphertext"]?.text)
    #expect(text.hasPrefix("vault:v1:"))
    func open(_ ciphertext: String, _ context: String) async throws -> BenchAnswer {
      try await ask(
        "POST",
        "/v1/transit/decrypt/k",
        #"{"ciphertext":"\#(ciphertext)","associated_data":"\#(context)"}"#
      )
    }
    #expect(try await open(text, "YQ==").json["data"]?["plaintext"] == .string("aGVsbG8="))
    let wrong = try await open(text, "Yg==")
    #expect(wrong.errors == ["cipher: message authentication failed"])
    #expect(try await open("nonsense", "").errors == ["invalid ciphertext: no prefix"])
    _ = try await ask("POST", "/v1/transit/keys/k/rotate")
    let rewrapped = try await ask(
      "POST",
      "/v1/transit/rewrap/k",
      #"{"ciphertext":"\#(text)","associated_data":"YQ=="}"#
    )
    let newer = try #require(rewrapped.json["data"]?["ciphertext"]?.text)
    #expect(newer.hasPrefix("vault:v2:"))
    _ = try await ask("POST", "/v1/transit/keys/k/config", #"{"min_decryption_version":2}"#)
    #expect(try await open(text, "YQ==").errors?.first?.contains("too old") == true)
    #expect(try await open(newer, "YQ==").status == 200)
  }

  @Test func theLogSaysWhoReadWhat() async throws {
    let token = try #require(try await login().json["auth"]?["client_token"]?.text)
    _ = try await ask("POST", Self.path, #"{"data":{"api_key":"k1"}}"#, token: token)
    _ = try await ask("GET", Self.path, token: token)
    _ = try await ask("GET", Self.path, token: "stolen")
    let entries = mock.log.entries
    #expect(entries.map(\.order) == [1, 2, 3, 4])
    #expect(entries.map(\.operation) == [.login, .write, .read, .read])
    #expect(entries.map(\.principal) == ["assistant", "assistant", "assistant", nil])
    #expect(entries.map(\.status) == [200, 200, 200, 403])
    #expect(entries[2].secret == "secret/keyproof/customer-acme")
    #expect(entries[2].content?.reveal { $0.contains("k1") } == true)
    #expect(entries[3].content == nil)
  }

  @Test(
    arguments: [
      "", "{", "[]", #"{"data":[]}"#, #"{"data":{},"options":{"cas":-1}}"#,
      #"{"data":{},"options":{"cas":"x"}}"#, String(repeating: "[", count: 5_000),
    ])
  func whatIsNoWriteIsRefused(body: String) async throws {
    #expect(try await ask("POST", Self.path, body).status == 400)
  }

  @Test func aBodyWithoutEndIsRefused() async throws {
    let body = String(repeating: "a", count: 2 << 20)
    #expect(try await ask("POST", Self.path, body).status == 413)
  }
}
