import ChatPlatforms
import Evidence
import Foundation
import HTTPTypes
import NIOCore
import Providers
import Rogues
import Secrets
import Worlds

/// The parts of one measurement, in their world.
struct OverheadBench: Sendable {
  let world: LoopbackWorld
  let cast: Cast
  let run: RunSettings
  let tap: RequestTap
  let rounds: Int
  let warmUp: Int
  /// Between two measurements, so that the one does not queue behind the other's last work.
  private static let gap = Duration.milliseconds(2)
  private static let patience = Duration.seconds(10)

  func measure() async throws -> [OverheadMeasurement.Round] {
    let provider = OpenAIMock(
      host: Cast.providerHost,
      speed: ModelSpeed(
        firstToken: .zero ... .zero,
        betweenTokens: .zero ... .zero,
        embedding: .zero ... .zero
      ),
      clock: world.clock,
      randomness: world.randomness.scoped("provider"),
      observe: { _ in }
    )
    let platforms = try world.makeInstance("platforms", storage: nil)
    let chat = ChatWorld(
      cast.chat,
      keys: run.issuerKeys,
      clock: world.clock,
      randomness: world.randomness.scoped("chat"),
      transport: platforms.surroundings.transport,
      observe: tap.take
    )
    let vendor = try world.makeInstance(VendorLife.instanceName, storage: nil)
    let keys = try makeKeys(provider)
    let product = try run.vendor.start(
      VendorSetup(
        configuration: cast.configuration,
        secrets: cast.secrets,
        surroundings: vendor.surroundings,
        ownKey: keys.vendor
      )
    )
    return try await withThrowingTaskGroup(of: [OverheadMeasurement.Round].self) { group in
      for (program, instance) in [
        (Program(hosts: [Cast.providerHost: provider.responder]), "provider"),
        (Program(hosts: chat.hosts), "chat"),
      ] {
        let instance = try world.makeInstance(instance, storage: nil)
        group.addTask { try await run(program, as: instance) }
      }
      group.addTask {
        for host in [Cast.providerHost] + chat.hosts.keys.sorted() { try await wait(for: host) }
        return try await run(product, as: vendor)
      }
      group.addTask {
        try await wait(for: Cast.vendorHost)
        try await install(keys.customers)
        return try await measureRounds(chat)
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  /// A program has no rounds to give; it runs until the measurement is over.
  private func run(_ program: Program, as instance: Instance) async throws
    -> [OverheadMeasurement.Round]
  {
    try await world.run(program, as: instance)
    return []
  }

  private func wait(for host: String) async throws {
    while !world.serves(host) { try await world.clock.sleep(for: .milliseconds(1)) }
  }

  private func makeKeys(
    _ provider: OpenAIMock
  ) throws -> (vendor: Secret, customers: [String: Secret]) {
    func key(of owner: String) throws -> Secret {
      let organization = try provider.createOrganization(owner)
      let project = try provider.createProject("assistant", organization: organization)
      return try provider.createKey("first", project: project).secret
    }
    let customers = try cast.facts.tenants.map { ($0.id, try key(of: $0.id)) }
    return (try key(of: "vendor"), Dictionary(customers, uniquingKeysWith: { first, _ in first }))
  }

  private func install(_ keys: [String: Secret]) async throws {
    let admin = AdminClient(
      transport: try world.makeInstance("admin", storage: nil).surroundings.transport,
      clock: world.clock,
      tokens: cast.adminTokens
    )
    for tenant in keys.keys.sorted() {
      guard let key = keys[tenant] else { continue }
      let installable = InstallableKey(secret: key)
      try expect(await admin.installKey(installable, for: tenant), "the key of \(tenant)")
    }
    for document in cast.documents {
      let answer = await admin.upload(
        document.text,
        as: document.name,
        to: document.knowledge,
        of: document.tenant
      )
      try expect(answer, document.name)
    }
  }

  private func expect(_ answer: AdminClient.Answer, _ what: String) throws {
    guard (200..<300).contains(answer.status) else {
      throw ConductorError.setupFailed("the vendor answered \(answer.status) to \(what)")
    }
  }

  private func measureRounds(_ chat: ChatWorld) async throws -> [OverheadMeasurement.Round] {
    guard let person = cast.chat.people.first(where: { $0.platform == .teams })?.id else {
      throw ConductorError.setupFailed("nobody in this world is on Teams")
    }
    let direct = try world.makeInstance("direct", storage: nil).surroundings.transport
    var measured: [OverheadMeasurement.Round] = []
    for index in 0..<(warmUp + rounds) {
      tap.begin()
      let question = try await ask(chat, as: person, message: "overhead.\(index)")
      try await world.clock.sleep(for: Self.gap)
      let requests = try tap.end()
      let embedding = try await time(requests.embedding, over: direct)
      let completion = try await time(requests.chat, over: direct)
      try await world.clock.sleep(for: Self.gap)
      guard index >= warmUp else { continue }
      measured.append(
        .init(
          question: question,
          chat: completion,
          embedding: embedding,
          exchanges: requests.exchanges
        )
      )
    }
    return measured
  }

  private func ask(_ chat: ChatWorld, as person: String, message: String) async throws
    -> Duration
  {
    let replies = tap.replies(to: message)
    let begin = world.clock.now
    async let delivery: Void = chat.teams.send(
      "How many vacation days do I have? (\(message))",
      from: person,
      message: message
    )
    let end = try await world.clock.withDeadline(Self.patience) {
      for await moment in replies { return moment }
      throw CancellationError()
    }
    await delivery
    return end - begin
  }

  private func time(
    _ request: OutgoingRequest,
    over transport: any HTTPTransport
  ) async throws -> Duration {
    let begin = world.clock.now
    let status = try await transport.exchange(request) { response in
      for try await _ in response.body {}
      return response.head.status
    }
    guard status == .ok else {
      throw ConductorError.setupFailed("a direct call was answered with \(status.code)")
    }
    return world.clock.now - begin
  }
}
