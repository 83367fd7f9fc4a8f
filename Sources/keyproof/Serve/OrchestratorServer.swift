import Foundation
import Hummingbird
import Logging
import Orchestrator
import Worlds

/// The orchestrator with this machine's clock, network and disk, on a socket.
struct OrchestratorServer {
  private let configuration: ServeConfiguration
  private let orchestrator: Orchestrator
  private let metrics = ServerMetrics()
  private let clock = WallClock()
  private let logger: Logger

  /// - Throws: `ConfigurationFile.Fault`, and what opening the storage throws.
  init(_ configuration: ServeConfiguration, environment: [String: String]) throws {
    self.configuration = configuration
    let server = configuration.server
    let output = JSONLogOutput()
    logger = Logger(label: "orchestrator") { _ in
      JSONLog(level: server.logLevel, output: output)
    }
    let gateway = try server.egressGateway.map { url in
      guard let gateway = MachineTransport.Gateway(url) else {
        throw ConfigurationFile.Fault(
          message: "egress_gateway must be http://127.0.0.1:PORT: what goes there is not encrypted"
        )
      }
      return gateway
    }
    let secrets = try configuration.readSecrets(environment: environment)
    let transport = MachineTransport(gateway: gateway)
    let storage = URL(fileURLWithPath: server.storage, isDirectory: true)
    var generator = SystemRandomNumberGenerator()
    do {
      try FileManager.default.createDirectory(
        at: storage,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      orchestrator = try Orchestrator(
        configuration: configuration.orchestrator,
        secrets: secrets,
        surroundings: Surroundings(
          clock: clock,
          randomness: Randomness(seed: generator.next()),
          transport: MeasuredTransport(
            transport,
            metrics: metrics,
            clock: clock,
            configuration: configuration.orchestrator
          ),
          storage: storage,
          logger: logger
        )
      )
    } catch let fault as ConfigurationFault {
      throw ConfigurationFile.Fault(message: fault.words.message)
    }
  }

  /// Serves until the process is told to stop, and then until what is under way is done or its time
  /// is over; told twice, it stops at once.
  func run() async throws {
    let server = configuration.server
    let operations = OperationsRoutes(orchestrator, metrics: metrics, clock: clock)
    let program = orchestrator.program
    let host = configuration.orchestrator.publicHost
    guard let product = program.hosts[host] else { return }
    let logger = logger
    let service = SocketService(
      responder: operations.responder(before: product),
      background: { try await program.background() },
      stopping: {
        operations.stop()
        logger.notice("Stopping; messages under way are finished first")
      },
      drain: { await program.drain(.seconds(server.drainSeconds)) },
      finish: { logger.notice("Stopped") }
    )
    var limits = ServerLimits()
    limits.connections = server.connections
    let socket = SocketServer(host: server.host, port: server.port, limits: limits, clock: clock)
    try await socket.run(service) { port in
      logger.notice("Listening", metadata: ["host": "\(server.host)", "port": "\(port)"])
      if let file = server.portFile { Self.tell(port, in: file, logger) }
    }
  }

  private static func tell(_ port: Int, in file: String, _ logger: Logger) {
    do {
      try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      logger.error("The port could not be written", metadata: ["file": "\(file)"])
    }
  }
}
