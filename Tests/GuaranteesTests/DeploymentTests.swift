import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct DeploymentTests {
  /// One embedding and one completion for Ana, on keys of these names.
  private func story(
    _ claim: Facts.Deployment,
    embeds embedding: String,
    completes completion: String,
    at host: String = "api.openai.com",
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Chronicle {
    var chronicle = Chronicle()
    chronicle.facts.tenants = [
      Facts.Tenant(id: "acme", providerHosts: [host], deployment: claim)
    ]
    if claim == .selfHosted {
      chronicle.facts.hosts = [
        Facts.Host(name: "assistant.example", role: .vendor, zone: .customer),
        Facts.Host(name: "models.acme.internal", role: .provider, zone: .customer),
        Facts.Host(name: "api.openai.com", role: .provider),
        Facts.Host(name: "teams.example", role: .chatPlatform),
      ]
    }
    chronicle.begin()
    let message = chronicle.ask("ana")
    chronicle.deliver(message)
    chronicle.call(embedding, for: message, endpoint: "/v1/embeddings", host: host)
    chronicle.answer(message, chronicle.call(completion, for: message, host: host))
    write(&chronicle)
    return chronicle
  }

  private func exchange(_ host: String) -> Event.Kind {
    .exchange(
      Event.Exchange(
        host: host,
        method: "POST",
        path: "/",
        key: nil,
        requestBytes: 1,
        status: 200
      )
    )
  }

  @Test(arguments: [
    (Facts.Deployment.pure, "a1", "a1"), (.hybrid, "v", "a1"), (.hosted, "v", "v"),
  ])
  func theWiresTellTheModel(model: Facts.Deployment, embedding: String, completion: String) {
    for claim in [Facts.Deployment.pure, .hybrid, .hosted] {
      let story = story(claim, embeds: embedding, completes: completion)
      #expect(ObservedDeployment(of: "acme", in: story.story).model == model)
      let verdict = story.judge("deployment-model").verdict
      #expect(verdict == (claim == model ? .held : .violated))
    }
  }

  @Test func completionsOnBothAccountsAreNoModel() {
    let story = story(.pure, embeds: "a1", completes: "a1") {
      $0.answer("m1", $0.call("v", for: "m1"))
    }
    #expect(ObservedDeployment(of: "acme", in: story.story).model == nil)
    #expect(story.judge("deployment-model").verdict == .violated)
  }

  @Test func aVendorsKeyThatTheAdministratorInstalledIsTheCustomers() {
    let story = story(.pure, embeds: "v", completes: "v") { $0.act(.checkKey, "v") }
    #expect(story.judge("deployment-model").verdict == .held)
  }

  @Test func withoutAnEmbeddingNothingCanBeTold() {
    let story = Chronicle.of {
      let message = $0.ask("ana")
      $0.answer(message, $0.call("a1", for: message))
    }
    #expect(story.judge("deployment-model").verdict == .inconclusive)
  }

  @Test func selfHostedGoesNowhereButToTheChatPlatforms() {
    let host = "models.acme.internal"
    let inside = story(.selfHosted, embeds: "a1", completes: "a1", at: host) {
      $0.record(exchange(host))
      $0.record(exchange("teams.example"))
    }
    #expect(inside.judge("deployment-model").verdict == .held)
    for outside in ["api.openai.com", "telemetry.vendor.example"] {
      let story = story(.selfHosted, embeds: "a1", completes: "a1", at: host) {
        $0.record(exchange(outside))
      }
      #expect(story.judge("deployment-model").verdict == .violated)
      #expect(story.judge("deployment-model").sentence.contains(outside))
    }
  }

  @Test(arguments: [(0.9, Verdict.held), (1.1, .violated)])
  func aCancelledSubscriptionEndsTheCalls(after: Double, verdict: Verdict) {
    let story = story(.hosted, embeds: "v", completes: "v") {
      $0.at(10)
      $0.act(.cancelSubscription)
      $0.at(10 + after)
      $0.call("v", for: $0.ask("ana"), endpoint: "/v1/embeddings")
    }
    #expect(story.judge("deployment-model").verdict == verdict)
  }

  // MARK: Claims

  @Test func whatAModelDoesNotClaimIsObservedAllTheSame() {
    let finding = story(.hosted, embeds: "v", completes: "v").judge("no-pooling")
    #expect(finding.verdict == .notClaimed)
    #expect(finding.observed?.verdict == .violated)
    #expect(story(.pure, embeds: "v", completes: "v").judge("no-pooling").verdict == .violated)
  }

  @Test func hybridClaimsItsModelCallsAlone() {
    let finding = story(.hybrid, embeds: "v", completes: "a1").judge("no-pooling")
    #expect(finding.verdict == .held)
    #expect(finding.observed?.verdict == .violated)
    #expect(story(.hybrid, embeds: "v", completes: "v").judge("no-pooling").verdict == .violated)
  }

  @Test func embeddingsAfterARevocationAreShownBesideTheClaim() {
    let story = story(.hybrid, embeds: "v", completes: "a1") {
      $0.at(10)
      $0.end("a1")
      $0.at(20)
      let message = $0.ask("ana")
      $0.deliver(message)
      $0.call("v", for: message, endpoint: "/v1/embeddings")
      $0.call("a1", for: message, status: 401)
      $0.refuse(message)
      $0.at(200)
      $0.endStory()
    }
    let finding = story.judge("instant-revocation")
    #expect(finding.verdict == .held)
    #expect(finding.observed?.verdict == .violated)
  }

  @Test func theMatrixKeepsClaimAndObservationApart() throws {
    func result(_ file: String, _ chronicle: Chronicle) -> ScenarioResult {
      ScenarioResult(
        file: file,
        title: file,
        about: "",
        family: "models",
        shows: [],
        ending: .played,
        history: chronicle.history,
        findings: Judge().findings(in: chronicle.history),
        replay: ""
      )
    }
    let matrix = ModelMatrix([
      result("pure", story(.pure, embeds: "a1", completes: "a1")),
      result("hosted", story(.hosted, embeds: "v", completes: "v")),
    ])
    let row = try #require(matrix.rows.first { $0.guarantee == "no-pooling" })
    #expect(row.cells.map(\.model) == Facts.Deployment.allCases)
    #expect(row.cells.map(\.claim) == [.everything, .modelCalls, nil, .everything])
    #expect(row.cells.map(\.observed) == [.held, nil, .violated, nil])
    #expect(row.cells.map(\.scenarios) == [["pure"], [], ["hosted"], []])
  }
}
