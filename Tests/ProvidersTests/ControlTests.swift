import Foundation
import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@Suite struct ControlTests {
  @Test(arguments: [nil, Secret(""), Secret("control-token-for-test"), Secret("sk-something")])
  func withoutTheTokenThereIsNothing(token: Secret?) async throws {
    let office = try Office()
    for path in ["/_keyproof/keys", "/_keyproof/ledger", "/_keyproof/nowhere", "/_keyproof"] {
      #expect(try await office.send(.get, path, key: token).status == 401)
    }
    #expect(try await office.send(.get, "/_keyproof/keys", key: office.admin).status == 401)
    #expect(try await office.send(.get, "/_keyproof/health", key: token).status == 200)
    #expect(try await office.control(.get, "/nowhere").error?.code == "unknown_url")
    // The token opens nothing of the provider's.
    #expect(try await office.send(.get, "/v1/models", key: Office.token).status == 401)
  }

  @Test func aKeyGoesThroughItsLife() async throws {
    let office = try Office()
    let made = try await office.control(
      .post,
      "/keys",
      #"{"name":"mine","value":"my-key","endpoints":["/v1/chat/completions"]}"#
    )
    #expect(made.object["value"] as? String == "my-key")
    let id = try #require(made.object["id"] as? String)
    let key = Secret("my-key")
    func state() async throws -> String? {
      try await office.control(.get, "/keys/\(id)").object["state"] as? String
    }
    #expect(try await office.ask(key: key).status == 200)
    #expect(
      try await office.control(.post, "/keys/\(id)/disable").object["after_order"] as? Int == 1
    )
    #expect(try await state() == "disabled")
    #expect(try await office.ask(key: key).status == 401)
    _ = try await office.control(.post, "/keys/\(id)/enable")
    #expect(try await office.ask(key: key).status == 200)
    _ = try await office.control(.post, "/keys/\(id)/restrict", #"{"endpoints":["/v1/models"]}"#)
    #expect(try await office.ask(key: key).status == 403)
    _ = try await office.control(.post, "/keys/\(id)/expire")
    #expect(try await state() == "expired")
    #expect(try await office.ask(key: key).status == 401)
    #expect(try await office.control(.delete, "/keys/\(id)").status == 200)
    #expect(try await state() == "deleted")
    #expect(try await office.control(.delete, "/keys/key_none").status == 404)
    #expect(try await office.control(.post, "/keys", #"{"value":"my-key"}"#).status == 409)
    #expect(try await office.control(.post, "/keys", #"{"value":"a b"}"#).status == 400)
  }

  @Test func theJournalIsBoundedAndFreeOfKeys() async throws {
    var settings = OpenAIMockSettings()
    settings.journalCapacity = 3
    let office = try Office(settings)
    let stranger = Secret("sk-a-stranger-with-a-long-key")
    for _ in 0..<4 { try await office.ask(key: stranger) }
    try await office.ask()
    let journal = try await office.control(.get, "/journal")
    #expect(journal.data.compactMap { $0["sequence"] as? Int } == [3, 4, 5])
    #expect(journal.data.compactMap { $0["status"] as? Int } == [401, 401, 200])
    let fingerprints = Set(journal.data.compactMap { $0["fingerprint"] as? String })
    #expect(fingerprints.count == 2 && fingerprints.allSatisfy { $0.count == 12 })
    for key in [stranger, office.key.secret] {
      #expect(key.reveal { !journal.text.contains($0) })
    }
    let next = try await office.control(.get, "/journal?after=4&limit=1")
    #expect(next.data.compactMap { $0["sequence"] as? Int } == [5])
    #expect(next.object["has_more"] as? Bool == false)
    // A stranger's calls are nobody's: the ledger has none of them.
    #expect(try await office.control(.get, "/ledger").data.count == 1)
  }

  @Test func theLedgerIsReadInPages() async throws {
    let office = try Office()
    for number in 0..<5 { try await office.ask("Question \(number)") }
    var orders: [Int] = []
    var after = 0
    while true {
      let page = try await office.control(.get, "/ledger?limit=2&after=\(after)")
      orders += page.data.compactMap { $0["order"] as? Int }
      guard page.object["has_more"] as? Bool == true else { break }
      after = page.object["next_after"] as? Int ?? .max
    }
    #expect(orders == [1, 2, 3, 4, 5])
    let row = try #require(try await office.control(.get, "/ledger?limit=1").data.first)
    #expect((row["request_id"] as? String)?.hasPrefix("req_") == true)
    #expect(row["authenticated_at"] as? String == "2027-01-15T08:00:00.000Z")
    #expect(row["key_id"] as? String == office.key.id)
    #expect(try await office.control(.get, "/ledger?colour=red").status == 400)
  }

  @Test func aResetForgetsTheBooksAndKeepsTheKeys() async throws {
    let office = try Office()
    try await office.ask()
    #expect(try await office.control(.post, "/reset", #"{"ledger":false}"#).status == 200)
    #expect(try await office.control(.get, "/ledger").data.count == 1)
    #expect(try await office.control(.post, "/reset").status == 200)
    #expect(try await office.control(.get, "/ledger").data.isEmpty)
    #expect(office.mock.ledger().isEmpty)
    #expect(try await office.ask().status == 200)
  }

  @Test(arguments: [
    ("{}", 200), (#"{"delay_seconds":1.5}"#, 200), (#"{"window_seconds":2,"replicas":3}"#, 200),
    (#"{"delay_seconds":-1}"#, 400), (#"{"delay_seconds":1,"window_seconds":1}"#, 400),
    (#"{"window_seconds":1,"replicas":1}"#, 400), (#"{"delay_seconds":1e300}"#, 400), ("[", 400),
  ])
  func howEndsSpreadCanBeChanged(body: String, status: Int) async throws {
    let office = try Office()
    #expect(try await office.control(.put, "/revocation", body).status == status)
    #expect(try await office.control(.get, "/revocation").status == 200)
  }

  @Test func behaviourComesAndGoes() async throws {
    let office = try Office()
    let unset = try await office.control(.get, "/behaviour").text
    let set = try await office.control(
      .put,
      "/behaviour",
      #"{"faults":[{"times":2,"effect":{"kind":"status","status":503}}]}"#
    )
    #expect(set.status == 200)
    #expect(try await office.control(.get, "/behaviour").text == set.text)
    var statuses: [Int] = []
    for _ in 0..<3 { statuses.append(try await office.ask().status) }
    #expect(statuses == [503, 503, 200])
    _ = try await office.control(
      .put,
      "/behaviour",
      #"{"faults":[{"effect":{"kind":"quota_exhausted"}}]}"#
    )
    #expect(try await office.ask().status == 429)
    // Administration goes on.
    #expect(try await office.administer(.get, "/projects").status == 200)
    #expect(try await office.control(.delete, "/behaviour").text == unset)
    #expect(try await office.ask().status == 200)
  }

  @Test(arguments: [
    ("[]", "must be a JSON object"), ("{", "must be a JSON object"),
    (#"{"fault":[]}"#, "Unknown name 'fault'; known there: faults, latency,"),
    (
      #"{"faults":[{"effect":{"kind":"status","status":500}},{"effct":{}}]}"#,
      "Unknown name 'faults[1].effct'"
    ),
    (#"{"faults":[{"effect":{"kind":"status","status":99}}]}"#, "at 'faults[0].effect.status'"),
    (#"{"faults":[{}]}"#, "at 'faults[0]': 'effect' is missing"),
    (#"{"tokens_per_piece":"two"}"#, "at 'tokens_per_piece': the value is of the wrong kind"),
  ])
  func aMistakeInBehaviourIsNamed(body: String, words: String) async throws {
    let office = try Office()
    let answer = try await office.control(.put, "/behaviour", body)
    #expect(answer.status == 400)
    #expect(answer.text.contains(words), "\(answer.text)")
    #expect(try await office.ask().status == 200)
  }

  @Test func everyNameThatABehaviourWritesIsKnown() throws {
    let full = #"""
      {"latency":{"profile":"fast","first_token_ms":[1,2],"between_tokens_ms":1,"embedding_ms":1,
      "jitter":0.5,"load_factor":2},"tokens_per_piece":3,
      "faults":[{"name":"a","match":{"model":"m","path":"/p","key":"k","text":"t","prompt":"p",
      "streamed":true},"skip":1,"times":2,"chance":0.5,"effect":{"kind":"status","status":500,
      "type":"t","code":"c","message":"m","retry_after_ms":5}},
      {"effect":{"kind":"redirect","host":"h"}},{"effect":{"kind":"stall","ms":1,"after_pieces":2}},
      {"effect":{"kind":"content_type","content_type":"text/html"}}],
      "script":[{"match":{"model":"x"},"times":1,"text":"a","finish_reason":"stop"},
      {"refusal":"no"},{"calls":[{"name":"f","arguments":{"anything":1}}]}],
      "rate_limits":[{"scope":"key","model":"m","requests_per_minute":1,"tokens_per_minute":2}]}
      """#
    let behaviour = try JSONDecoder().decode(ProviderBehaviour.self, from: Data(full.utf8))
    let written = try JSONValue(json: Array(JSONEncoder().encode(behaviour)))
    #expect(ProviderBehaviour.names.firstUnknown(in: written) == nil)
    #expect(Self.names(in: written) == Self.names(in: try JSONValue(json: Array(full.utf8))))
  }

  private static func names(in document: JSONValue) -> Set<String> {
    Set(
      (document.members ?? []).flatMap { [$0.name] + names(in: $0.value) }
        + (document.elements ?? []).flatMap { names(in: $0) }
    )
  }
}
