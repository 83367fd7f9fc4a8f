import ChatPlatforms
import Evidence
import Foundation
import Hummingbird
import Orchestrator
import Providers
import Rogues
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

/// A world with everybody in it, while one story plays: the provider, the platforms, the vendor,
/// and the recorder to which all that is seen from outside is told.
final class Stage: Sendable {
  static let chatHosts = ["chat.googleapis.com", "smba.trafficmanager.net"]
  /// Where tokens and the keys that sign them come from.
  static let identityHosts = [
    "login.botframework.com", "login.microsoftonline.com", "oauth2.googleapis.com",
    "www.googleapis.com",
  ]
  /// The name under which the platforms draw; people's ids on them follow from it.
  static let chatRandomness = "chat"
  static let directoryHosts = ["admin.googleapis.com", "graph.microsoft.com"]

  let scenario: Scenario
  /// As the file has it, without a latency comparison's twins.
  let unextendedWorld: WorldDescription
  let world: any World
  let cast: Cast
  let recorder: Recorder
  let scanner: SurfaceScanner
  let fingerprinter: Fingerprinter
  let conditions: NetworkConditions
  let provider: OpenAIMock
  /// Nil where no customer has a resource there.
  let azure: AzureOpenAIMock?
  /// Nil where the vendor keeps the keys itself.
  let manager: StagedManager?
  /// By tenant, in the networks of those that host their own.
  let modelServers: [String: OpenAIMock]
  /// The order in which all providers authenticated their calls.
  let calls = CallSequence()
  let chat: ChatWorld
  let keys: KeyRing
  let admin: AdminClient
  let vendor: VendorFleet
  /// Nil while the vendor runs in the harness's own process.
  let process: ProcessVendor?
  let meters: LatencyMeters
  let sightings: Sightings
  /// Nil where nobody looks for texts at rest.
  let texts: TextSearch?
  let replyTexts: ReplyTexts
  let crash: CrashPlan?
  /// Set in each play of a pair.
  let pair: PairSide?
  let randomness: Randomness
  /// Question texts by the canary that stands for them.
  let questions = Mutex<[String: String]>([:])
  /// What the admin API answered, by the line of the step.
  let adminAnswers = Mutex<[Int: [Int]]>([:])
  /// Cents of the invoices that steps ask about, by line and then by `tenant/month`.
  let invoiceTotals = Mutex<[Int: [String: Int]]>([:])

  init(
    scenario: Scenario,
    unextendedWorld: WorldDescription,
    world: any World,
    cast: Cast,
    recorder: Recorder,
    conditions: NetworkConditions,
    wiretap: Wiretap,
    run: RunSettings
  ) throws {
    self.scenario = scenario
    self.unextendedWorld = unextendedWorld
    self.world = world
    self.cast = cast
    self.recorder = recorder
    self.conditions = conditions
    scanner = wiretap.scanner
    sightings = wiretap.sightings
    fingerprinter = wiretap.fingerprinter
    randomness = world.randomness.scoped("conductor")
    replyTexts = ReplyTexts(scenario)
    crash = run.crash
    pair = run.pair
    texts = TextSearch(scenario, scanner: wiretap.scanner, recorder: recorder)
    meters = wiretap.connect(recorder, clock: world.clock, texts: texts, to: cast)
    let seen = PairedSight(log: run.pair?.log, clock: world.clock)
    let observations = Observations(recorder, wiretap, cast, meters, replyTexts, seen, texts)
    let make = OpenAIMaker(
      speed: ModelSpeed(scenario.world.model),
      sequence: calls,
      world: world,
      observe: observations.take
    )
    provider = make.provider(at: Cast.providerHost, named: "provider")
    azure = try Self.azure(of: scenario.world, in: world, calls, observe: observations.take)
    manager = Self.manager(of: cast, scenario, in: world, recorder, wiretap)
    modelServers = make.modelServers(of: scenario.world.tenants)
    chat = try Self.platforms(of: cast, in: world, run: run, observations: observations)
    keys = try KeyRing(
      provider: provider,
      azure: azure,
      servers: modelServers,
      tenants: scenario.world.tenants,
      customers: unextendedWorld.tenants.map(\.id),
      recorder: recorder,
      wiretap: wiretap,
      run: run,
      spread: RevocationSpread(scenario.world, clock: world.clock)
    )
    admin = AdminClient(
      transport: try world.makeInstance("admin", storage: nil).surroundings.transport,
      clock: world.clock,
      tokens: cast.adminTokens
    )
    process = try Self.process(of: scenario, in: world, wiretap: wiretap, run: run)
    let chosen = try process?.vendor ?? run.vendor(for: scenario)
    vendor = try VendorFleet(
      VendorLife.Upbringing(
        vendor: chosen,
        cast: cast,
        ownKey: keys.vendorKey,
        standbyKeys: chosen.wantsStandbyKeys ? try keys.createStandbys() : [:],
        world: world,
        recorder: recorder,
        process: process
      ),
      replicas: scenario.world.replicas
    )
  }
}

extension ModelSpeed {
  /// As the story's world has it.
  fileprivate init(_ speed: WorldDescription.ModelSpeed) {
    self.init(firstToken: speed.firstToken, betweenTokens: speed.betweenTokens)
    if let embedding = speed.embedding { self.embedding = embedding }
  }
}

extension RunSettings {
  /// The vendor that the scenario asks for, or else the run's.
  fileprivate func vendor(for scenario: Scenario) throws -> Vendor {
    let name = scenario.vendor ?? vendor.name
    guard let chosen = vendors.first(where: { $0.name == name }) else {
      throw ConductorError.unknownVendor(name)
    }
    return chosen
  }
}

extension Stage {
  /// The resources of the customers that have one, each with the two deployments that it names.
  private static func azure(
    of description: WorldDescription,
    in world: any World,
    _ calls: CallSequence,
    observe: @escaping @Sendable (ObservedCall) -> Void
  ) throws -> AzureOpenAIMock? {
    let configuration = OrchestratorConfiguration.Provider()
    let resources = description.tenants.compactMap(\.azure).map { resource in
      AzureResource(
        name: resource.name,
        deployments: [
          .init(name: resource.chatDeployment, model: configuration.chatModel),
          .init(name: resource.embeddingsDeployment, model: configuration.embeddingModel),
        ]
      )
    }
    guard !resources.isEmpty else { return nil }
    return try AzureOpenAIMock(
      resources: resources,
      speed: ModelSpeed(description.model),
      sequence: calls,
      clock: world.clock,
      randomness: world.randomness.scoped("azure"),
      observe: observe
    )
  }

  /// Every provider of OpenAI's kind, the customers' own servers included.
  var openAIProviders: [OpenAIMock] {
    [provider] + modelServers.keys.sorted().compactMap { modelServers[$0] }
  }

  private static func manager(
    of cast: Cast,
    _ scenario: Scenario,
    in world: any World,
    _ recorder: Recorder,
    _ wiretap: Wiretap
  ) -> StagedManager? {
    StagedManager(
      cast.custody,
      tenants: scenario.world.tenants.map(\.id),
      world: world,
      recorder: recorder,
      scanner: wiretap.scanner
    )
  }

  private static func process(
    of scenario: Scenario,
    in world: any World,
    wiretap: Wiretap,
    run: RunSettings
  ) throws -> ProcessVendor? {
    guard scenario.runsVendorAsProcess else { return nil }
    return try ProcessVendor(
      program: run.requiredProgram(),
      directory: run.directory.appendingPathComponent("process-\(scenario.fileName)"),
      search: ProcessSearch(scanner: wiretap.scanner, sightings: wiretap.sightings),
      clock: world.clock
    )
  }

  private static func platforms(
    of cast: Cast,
    in world: any World,
    run: RunSettings,
    observations: Observations
  ) throws -> ChatWorld {
    let platforms = try world.makeInstance("platforms", storage: nil)
    return ChatWorld(
      cast.chat,
      keys: run.issuerKeys,
      clock: world.clock,
      randomness: world.randomness.scoped(chatRandomness),
      transport: platforms.surroundings.transport,
      observe: observations.take
    )
  }
}

/// Why a story could not be played: the harness's own fault or its caller's, never a verdict.
package enum ConductorError: Error, Equatable, CustomStringConvertible {
  case unknownVendor(String)
  case unknownKey(String)
  case vendorDidNotStart(String)
  /// A vendor in a process of its own did not start, was not ready in time, or ended by itself.
  case vendorUnreachable(String)
  case setupFailed(String)
  case evidenceUnwritable(String)

  package var description: String {
    switch self {
    case .unknownVendor(let name): "there is no vendor '\(name)'; see 'keyproof vendors'"
    case .unknownKey(let name): "the story uses key '\(name)' before it is created"
    case .vendorUnreachable(let reason): "the vendor cannot be reached: \(reason)"
    case .vendorDidNotStart(let reason): "the vendor did not start: \(reason)"
    case .setupFailed(let what): "the world could not be set up: \(what)"
    case .evidenceUnwritable(let reason): "its evidence cannot be written: \(reason)"
    }
  }
}
