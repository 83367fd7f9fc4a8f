import Hummingbird
import Logging
package import Worlds

/// The vendor's product: an assistant in Teams and Google Chat that answers from a customer's own
/// documents, with the customer's own key.
package final class Orchestrator: Sendable {
  /// What it serves, and what it does by itself.
  package let program: Program
  let queue: WorkQueue
  let storage: Storage

  /// - Parameter parts: builds the exchangeable parts; the standard ones where nothing is said.
  /// - Throws: `ConfigurationFault`, and what opening the storage throws.
  package init(
    configuration: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    surroundings: Surroundings,
    parts: (OrchestratorEnvironment) throws -> OrchestratorParts = { try .standard($0) }
  ) throws {
    let environment = try OrchestratorEnvironment(
      configuration: configuration,
      secrets: secrets,
      surroundings: surroundings
    )
    let drain = Drain()
    let assembly = try Assembly(environment, parts: try parts(environment), drain)
    let queue = assembly.worker.queue
    self.queue = queue
    storage = environment.storage
    let router = Router(context: ServerContext.self)
    assembly.messageEndpoints.addRoutes(to: router)
    assembly.administration.addRoutes(to: router)
    let responder = router.buildResponder()
    program = Program(
      hosts: [
        configuration.publicHost: { request, context in
          let bringsMessage = MessageEndpoints.paths.contains(request.uri.path)
          let response = try await drain.serving(evenStopping: bringsMessage) {
            try await responder.respond(to: request, context: context)
          }
          return response ?? .stopping
        }
      ],
      background: { try await assembly.worker.run() },
      drain: { limit in
        await drain.run(within: limit, surroundings.clock) { queue.jobsUnderWay == 0 }
      }
    )
  }
}

/// The product's parts, connected.
private struct Assembly: Sendable {
  let messageEndpoints: MessageEndpoints
  let administration: Administration
  let worker: Worker

  init(_ environment: OrchestratorEnvironment, parts: OrchestratorParts, _ drain: Drain) throws {
    let configuration = environment.configuration
    let limits = configuration.limits
    let (clock, logger) = (environment.surroundings.clock, environment.surroundings.logger)
    let transport = TimedTransport(parts.transport, clock: clock)
    let tokens = AccessTokens(
      configuration: configuration,
      secrets: environment.secrets,
      transport: transport
    )
    let calls = PlatformCalls(
      tokens: tokens,
      transport: transport,
      randomness: environment.surroundings.randomness.scoped("platforms")
    )
    let queue = WorkQueue(limits)
    let memory = MessageStore(environment)
    let seats = SeatStore(storage: environment.storage)
    let indexer = KnowledgeIndexer(
      knowledge: environment.knowledge,
      model: parts.model,
      custody: parts.custody,
      environment: environment
    )
    let delivery = try Self.delivery(environment, parts, tokens, transport, drain)
    let eraser = Eraser(environment)
    let assistant = Assistant(
      tenants: Dictionary(uniqueKeysWithValues: configuration.tenants.map { ($0.id, $0) }),
      limits: limits,
      permissions: try Permissions(configuration, calls: calls),
      keys: KeyStanding(configuration, custody: parts.custody),
      retriever: parts.retriever,
      answerer: parts.answerer,
      journal: parts.journal,
      memory: memory,
      seats: seats,
      waiting: WaitingMessages(environment),
      delivery: delivery,
      eraser: eraser,
      clock: clock,
      logger: logger
    )
    worker = Worker(
      queue: queue,
      journal: parts.journal,
      assistant: assistant,
      indexer: indexer,
      custody: parts.custody,
      eraser: eraser,
      waitingRoom: WaitingRoom(queue: queue, parts, environment),
      announcer: try Announcer(delivery, parts, environment, tokens, transport),
      replica: environment.replica,
      drain: drain,
      clock: clock
    )
    messageEndpoints = try MessageEndpoints(
      configuration: configuration,
      transport: transport,
      journal: parts.journal,
      queue: queue,
      presses: ButtonPresses(messages: memory, logger: logger),
      drain: drain,
      logger: logger
    )
    administration = try Administration(environment, parts, indexer, memory, seats)
  }

  private static func delivery(
    _ environment: OrchestratorEnvironment,
    _ parts: OrchestratorParts,
    _ tokens: AccessTokens,
    _ transport: TimedTransport,
    _ drain: Drain
  ) throws -> Delivery {
    let configuration = environment.configuration
    let surroundings = environment.surroundings
    return Delivery(
      teams: configuration.teams.map { _ in
        TeamsReplySender(
          tokens: tokens,
          transport: transport,
          typing: TimedTransport(
            parts.transport,
            clock: surroundings.clock,
            deliveryLimit: .seconds(3)
          )
        )
      },
      googleChat: try configuration.googleChat.map { settings in
        GoogleChatReplySender(
          api: try Endpoint(settings.apiBase, setting: "googleChat.apiBase"),
          tokens: tokens,
          transport: transport,
          repliesByItself: settings.replies == .asynchronous
        )
      },
      streamingTenants: Set(
        configuration.tenants.filter { $0.replies == .streamed }.map(\.id)
      ),
      typingAfter: .milliseconds(configuration.limits.typingAfterMilliseconds),
      journal: parts.journal,
      offering: Offering(
        window: .seconds(configuration.limits.deliverySeconds),
        clock: surroundings.clock,
        randomness: surroundings.randomness.scoped("delivery"),
        drain: drain
      ),
      clock: surroundings.clock,
      logger: surroundings.logger
    )
  }
}
