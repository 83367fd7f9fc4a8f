import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

/// Boundaries of what counts as lost, and as twice, and of what a deployment is seen to be.
@Suite struct DeliveryEdgeTests {
  private static let moment = 0.000_001

  private func story(_ write: (inout Chronicle) -> Void) -> Chronicle {
    Chronicle.of { story in
      story.record(.vendor(.started))
      story.at(10)
      write(&story)
      story.at(10_000)
      story.endStory()
    }
  }

  private func update(_ message: String, _ words: String) -> Event.Kind {
    .reply(
      Event.Reply(
        message: message,
        conversation: "with-ana",
        tenant: "acme",
        nature: .notice,
        words: words,
        length: words.utf16.count,
        isUpdate: true
      )
    )
  }

  @Test func `A notice in the same words is one too many, another or a new text is not`() {
    func breaches(_ write: (inout Chronicle, String) -> Void) -> [String] {
      DeliveryRule.breaches(
        in: story { story in
          let message = story.ask("ana")
          story.deliver(message)
          story.refuse(message, "One moment.")
          write(&story, message)
        }.history
      )
    }
    #expect(breaches { $0.refuse($1, "One moment.") }.count == 1)
    #expect(breaches { $0.refuse($1, "Your key was rejected.") }.isEmpty)
    #expect(breaches { $0.record(update($1, "One moment.")) }.isEmpty)
    #expect(breaches { $0.answer($1, $0.call("a1", for: $1)) }.isEmpty)
    let thrice = breaches { story, message in
      story.refuse(message, "One moment.")
      story.refuse(message, "One moment.")
    }
    #expect(thrice.count == 2)
  }

  @Test func `What the network made two of is no second reply, and another answer is`() {
    func breaches(
      duplicates: Bool = true,
      by person: String = "ana",
      until: Double = 30,
      _ second: (inout Chronicle, String, String?) -> Void
    ) -> Int {
      DeliveryRule.breaches(
        in: story { story in
          let fault = "duplication between the vendor and the chat-platform"
          if duplicates { story.record(.fault(Event.Fault(name: fault, phase: .began))) }
          let message = story.ask(person)
          story.deliver(message)
          let completion = story.call("a1", for: message)
          story.answer(message, completion)
          story.at(20)
          if duplicates { story.record(.fault(Event.Fault(name: fault, phase: .ended))) }
          story.at(until)
          second(&story, message, completion)
        }.history
      ).count
    }
    #expect(breaches { $0.answer($1, $2) } == 0)
    #expect(breaches(until: 30.001) { $0.answer($1, $2) } == 1)
    #expect(breaches(duplicates: false) { $0.answer($1, $2) } == 1)
    #expect(
      breaches { story, message, _ in story.answer(message, story.call("a1", for: message)) } == 1
    )
    // Google Chat knows a copy by its request id.
    #expect(breaches(by: "gus") { $0.answer($1, $2) } == 1)
  }

  /// Answered at 20 s and, after whatever the vendor did at 30 s, at 40 s again.
  private func twice(_ person: String, _ change: Event.VendorChange?, again: Int = 1) -> [String] {
    DeliveryRule.breaches(
      in: story { story in
        let message = story.ask(person)
        story.deliver(message)
        story.at(20)
        let completion = story.call("a1", for: message)
        story.answer(message, completion)
        if let change {
          story.at(30)
          story.record(.vendor(change))
        }
        story.at(40)
        for _ in 0..<again { story.answer(message, completion) }
      }.history
    )
  }

  @Test func `A crash between two answers excuses one, and not where the platform knows them`() {
    #expect(twice("ana", nil).count == 1)
    #expect(twice("ana", .crashed).isEmpty)
    #expect(twice("ana", .stopped).count == 1)
    #expect(twice("ana", .crashed, again: 2).count == 1)
    #expect(twice("gus", .crashed).count == 1)
  }

  @Test func `A crash after both answers excuses nothing`() {
    let breaches = DeliveryRule.breaches(
      in: story { story in
        let message = story.ask("ana")
        story.deliver(message)
        let completion = story.call("a1", for: message)
        story.answer(message, completion)
        story.at(20)
        story.answer(message, completion)
        story.at(30)
        story.record(.vendor(.crashed))
      }.history
    )
    #expect(breaches.count == 1)
  }

  @Test(arguments: [(9_820, 1), (9_820 + moment, 0)] as [(Double, Int)])
  func `A message has three minutes before it is lost`(second: Double, lost: Int) {
    let breaches = DeliveryRule.breaches(
      in: story { story in
        story.at(second)
        story.deliver(story.ask("ana"))
      }.history
    )
    #expect(breaches.count == lost)
  }

  @Test func `What the platform could not hand over in a disturbed world is not lost`() {
    func breaches(status: Int) -> [String] {
      DeliveryRule.breaches(
        in: story { story in
          story.record(.fault(Event.Fault(name: "outage", phase: .began)))
          let message = story.ask("ana")
          story.deliver(message, status: status)
          story.at(20)
          story.record(.fault(Event.Fault(name: "outage", phase: .ended)))
        }.history
      )
    }
    #expect(breaches(status: 503).isEmpty)
    #expect(breaches(status: 200).count == 1)
  }

  // MARK: What a deployment is seen to be

  private func observed(
    _ hosts: [Facts.Host],
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> ObservedDeployment {
    var story = Chronicle()
    story.facts.hosts = hosts
    story.begin()
    story.converse("ana")
    write(&story)
    return ObservedDeployment(of: "acme", in: story.story)
  }

  private static let atCustomer = [
    Facts.Host(name: "assistant.internal", role: .vendor, zone: .customer),
    Facts.Host(name: "api.openai.com", role: .provider, zone: .customer),
    Facts.Host(name: "stranger.example", role: .stranger),
  ]

  private func exchange(_ host: String) -> Event.Kind {
    .exchange(
      Event.Exchange(host: host, method: "GET", path: "/", key: nil, requestBytes: 0, status: 200)
    )
  }

  @Test func `Self-hosted is a program in the customer's network from which nothing goes out`() {
    #expect(observed(Self.atCustomer).model == .selfHosted)
    let leaking = observed(Self.atCustomer) { $0.record(exchange("stranger.example")) }
    #expect(leaking.model == .pure && leaking.hostsOutside == ["stranger.example"])
    #expect(leaking.words.hasSuffix("from the customer's network it went out to stranger.example"))
    let elsewhere = [
      Facts.Host(name: "assistant.example", role: .vendor),
      Facts.Host(name: "api.openai.com", role: .provider, zone: .customer),
    ]
    #expect(observed(elsewhere).model == .pure && !observed(elsewhere).runsAtCustomer)
    let vendorOutside = observed(elsewhere) { $0.record(exchange("nowhere.example")) }
    #expect(!vendorOutside.words.contains("it went out"))
  }

  @Test func `The first call of each kind is the witness, and failed ones are none`() {
    let seen = observed(Self.atCustomer) { story in
      story.call("a1", for: story.ask("ana"))
      story.call("v", for: story.ask("ana"), endpoint: "/v1/embeddings")
      story.call("v", for: story.ask("ana"), status: 401)
    }
    #expect(seen.events.count == 3)
    #expect(seen.completions == [.customer: 2] && seen.embeddings == [.customer: 1, .vendor: 1])
    #expect(seen.words.hasPrefix("2 completions on the customer's own keys, 1 embedding on the"))
    #expect(seen.model == nil)
  }
}
