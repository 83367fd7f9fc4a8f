import ChatPlatforms
import Evidence
import Hummingbird
import NIOCore
import Providers
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

extension Stage {
  /// Everybody in place, the story, and the books at its end.
  func play(twins: LatencyTwins?) async throws -> History {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (name, program) in try outsiders() {
        let instance = try world.makeInstance(name, storage: nil)
        group.addTask { try await self.world.run(program, as: instance) }
      }
      let hosts =
        cast.providerHosts + Self.chatHosts + Self.directoryHosts + cast.custody.hosts
      group.addTask {
        for host in hosts { try await self.wait(for: host) }
        try await self.vendor.run()
      }
      group.addTask {
        for host in hosts + [Cast.vendorHost] { try await self.wait(for: host) }
        try await self.setUp(twins: twins)
        if let crash = self.crash {
          crash.counter.begin(strikingAt: crash.operation) {
            self.vendor.strike(downFor: crash.downFor)
          }
        }
        let begin = max(self.cast.facts.startedAt, self.world.clock.now)
        try await self.world.clock.sleep(until: begin)
        self.pair?.log.begin(at: begin)
        try await Performance(stage: self, begin: begin).play()
        try await self.closeTheBooks()
        throw StoryOver()
      }
      defer { group.cancelAll() }
      do {
        for try await _ in group {}
      } catch is StoryOver {
        return
      }
    }
    return recorder.history
  }

  /// Ends the group that holds the story and all who would run for ever beside it.
  private struct StoryOver: Error {}

  private func outsiders() throws -> [(String, Program)] {
    let strangers: [String: Responder] = Dictionary(
      scenario.redirectTargets.map { ($0, Self.stranger) },
      uniquingKeysWith: { first, _ in first }
    )
    return [
      ("provider", Program(hosts: [Cast.providerHost: provider.responder])),
      (
        "model-servers",
        Program(
          hosts: Dictionary(
            modelServers.map { (Cast.modelServerHost(of: $0.key), $0.value.responder) },
            uniquingKeysWith: { first, _ in first }
          )
        )
      ),
      ("azure", Program(hosts: azure?.hosts ?? [:])),
      ("chat", Program(hosts: chat.hosts)),
      ("secrets", Program(hosts: manager?.hosts ?? [:])),
      ("strangers", Program(hosts: strangers)),
    ]
  }

  /// Takes whatever it is sent, with thanks: what a harvester of keys would do.
  private static let stranger: Responder = { _, _ in
    Response(
      status: .ok,
      headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(string: "{}"))
    )
  }

  private func wait(for host: String) async throws {
    while !world.serves(host) { try await world.clock.sleep(for: .milliseconds(1)) }
  }

  private func setUp(twins: LatencyTwins?) async throws {
    for tenant in scenario.world.tenants {
      if let standby = keys.standby(of: tenant.id) { tookStandby(standby, of: tenant.id) }
      if tenant.id == twins?.twin {
        try keys.createOnVendorAccount(KeyRing.firstKey, for: tenant.id)
      } else if tenant.keyInstalled, !tenant.beginsOnAzure {
        try keys.create(KeyRing.firstKey, for: tenant.id)
      }
      if tenant.keyInstalled {
        let first: Action.InstalledKey =
          tenant.beginsOnAzure ? .azure(slot: 1) : .named(KeyRing.firstKey)
        try await install(first, for: tenant.id, line: 0)
      }
    }
    for person in scenario.world.tenants.flatMap(\.people) where person.isAbsent {
      setActive(person.id, false)
    }
    for document in cast.documents { await upload(document, line: 0) }
    let answers = adminAnswers.withLock { $0[0] ?? [] }
    guard answers.allSatisfy({ (200..<300).contains($0) }) else {
      let worst = answers.first { !(200..<300).contains($0) } ?? 0
      throw ConductorError.setupFailed("the vendor's admin API answered \(worst)")
    }
  }

  /// An instance that crashed leaves a copy of its files: the last ones are the deployment's.
  func searchForTexts() {
    for directory in [vendor.allStorage.last, process?.ownDirectory].compactMap({ $0 }) {
      texts?.search(directory)
    }
  }

  /// Stops the vendor, searches what it leaves, and reads the provider's books.
  private func closeTheBooks() async throws {
    try await readVendorStatements()
    await searchMetrics()
    try await readProviderReports()
    vendor.finish()
    while world.serves(Cast.vendorHost) {
      try await world.clock.sleep(for: .milliseconds(10))
    }
    process?.searchOutputs()
    StorageSearch(scanner: scanner, sightings: sightings)
      .search(vendor.allStorage + [process?.ownDirectory].compactMap { $0 })
    sightings.report()
    searchForTexts()
    for entry in openAIProviders.flatMap({ $0.ledger() }) + (azure?.ledger() ?? []) {
      guard let key = keys.fingerprint(ofKeyID: entry.keyID) else { continue }
      recorder.record(
        .ledgerRow(
          .init(
            key: key,
            project: entry.projectID,
            endpoint: entry.endpoint,
            model: entry.model,
            calls: entry.calls,
            promptTokens: entry.promptTokens,
            completionTokens: entry.completionTokens,
            cutOff: .init(
              calls: entry.cutOffCalls,
              promptTokens: entry.cutOffPromptTokens,
              completionTokens: entry.cutOffCompletionTokens
            )
          )
        )
      )
    }
    let review = ExpectationReview(
      scenario: scenario,
      events: recorder.history.events,
      adminAnswers: adminAnswers.withLock { $0 },
      invoiceTotals: invoiceTotals.withLock { $0 },
      texts: replyTexts.all
    )
    for result in review.results() { recorder.record(.expectation(result)) }
  }
}
