import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct DataFlowTests {
  private typealias Seen = [DataFlow.Kind: Int]

  private func seen(_ flow: DataFlow, _ zone: Facts.Zone) -> Seen {
    DataFlow.Kind.allCases.reduce(into: [:]) { seen, kind in
      let count = flow.count(of: kind, in: zone)
      if count > 0 { seen[kind] = count }
    }
  }

  private func day(_ change: (inout Chronicle) -> Void = { _ in }) -> DataFlow {
    DataFlow(
      Chronicle.of { story in
        story.addDocument("d1", "policies")
        let message = story.ask("ana")
        story.deliver(message)
        let completion = story.call("a1", for: message, ["d1"])
        story.record(
          .exchange(
            Event.Exchange(
              host: "api.openai.com",
              method: "POST",
              path: "/v1/chat/completions",
              key: Fingerprint("a1"),
              requestBytes: 10,
              status: 200
            )
          )
        )
        story.answer(message, completion, ["d1"])
        change(&story)
      }.history
    )
  }

  @Test func `Questions, texts, answers, askers and the key are seen where they passed`() {
    let flow = day()
    #expect(
      seen(flow, .chatPlatform)
        == [.question: 1, .identity: 1, .answer: 1, .retrievedText: 1]
    )
    #expect(
      seen(flow, .vendor)
        == [.question: 1, .identity: 1, .answer: 1, .retrievedText: 1, .key: 1]
    )
    #expect(
      seen(flow, .provider) == [.question: 1, .retrievedText: 1, .answer: 1, .key: 1]
    )
    #expect(seen(flow, .customer).isEmpty)
    #expect(seen(flow, .elsewhere).isEmpty)
  }

  @Test func `What never arrived was not seen`() {
    let flow = DataFlow(
      Chronicle.of { story in
        let message = story.ask("ana")
        story.deliver(message, status: 503)
        story.call("a1", for: nil, status: 401)
        story.refuse(message)
      }.history
    )
    #expect(seen(flow, .chatPlatform) == [.question: 1, .identity: 1])
    #expect(seen(flow, .vendor) == [.key: 1])
    #expect(seen(flow, .provider).isEmpty)
  }

  @Test func `The vendor's own key is no customer's`() {
    func count(_ key: String) -> Int {
      day { story in
        story.record(
          .exchange(
            Event.Exchange(
              host: "other.openai.com",
              method: "POST",
              path: "/v1/embeddings",
              key: Fingerprint(key),
              requestBytes: 10,
              status: 200
            )
          )
        )
      }.count(of: .key, in: .provider)
    }
    #expect(count("v") == 1)
    #expect(count("a1") == 2)
  }

  @Test func `A host that nobody placed is somebody else's`() {
    let flow = day { story in
      story.call("a1", for: "m1", host: "stranger.example")
    }
    #expect(seen(flow, .elsewhere) == [.question: 1, .answer: 1])
  }

  @Test func `In the customer's network nothing leaves it but to the chat platform`() {
    var story = Chronicle.of { story in
      let message = story.ask("ana")
      story.deliver(message)
      story.answer(message, story.call("a1", for: message))
    }
    story.facts.hosts = [
      Facts.Host(name: "api.openai.com", role: .provider, zone: .customer),
      Facts.Host(name: "assistant.internal", role: .vendor, zone: .customer),
    ]
    let flow = DataFlow(story.history)
    #expect(seen(flow, .vendor).isEmpty && seen(flow, .provider).isEmpty)
    #expect(seen(flow, .customer) == [.question: 2, .identity: 1, .answer: 2, .key: 1])
  }

  @Test func `Stories are added up by model, controls apart`() throws {
    func result(_ deployment: Facts.Deployment, isControl: Bool = false) -> ScenarioResult {
      var story = Chronicle.of { $0.deliver($0.ask("ana")) }
      story.facts.tenants = [
        Facts.Tenant(id: "acme", providerHosts: [], deployment: deployment)
      ]
      return ScenarioResult(
        file: "f",
        title: "t",
        about: "",
        family: "",
        shows: [],
        ending: .played,
        history: story.history,
        expectedVerdicts: isControl
          ? [GuaranteeExpectation(guarantee: "no-pooling", verdict: .violated)] : [],
        replay: ""
      )
    }
    let flows = DataFlow.byModel([
      result(.hosted), result(.pure), result(.pure), result(.hybrid, isControl: true),
    ])
    #expect(flows.map(\.model) == [.pure, .hosted])
    #expect(flows.map { $0.flow.count(of: .question, in: .vendor) } == [2, 1])
  }
}
