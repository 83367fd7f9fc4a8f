import AsyncHTTPClient
package import Foundation
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Real sockets of 127.0.0.1 on a thread of their own, under a clock that jumps when everybody
/// waits.
package final class LoopbackWorld: World {
  package let clock: any WorldClock
  package let randomness: Randomness
  private let jumpingClock: JumpingClock
  private let activity = Activity()
  private let ledger: ExchangeLedger
  /// One loop: tasks and sockets take turns on it.
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let executor: LoopbackExecutor
  private let client: HTTPClient
  private let ports = PortMap()
  private let instances: InstanceMaker
  private let running = Mutex<[String: [String]]>([:])

  /// - Parameter jumps: false keeps real time throughout: for measuring.
  package init(_ settings: WorldSettings, jumps: Bool) {
    jumpingClock = JumpingClock(startingAt: settings.startsAt, jumps: jumps, activity: activity)
    clock = jumpingClock
    randomness = Randomness(seed: settings.seed)
    ledger = ExchangeLedger(activity: activity)
    executor = LoopbackExecutor(loop: group.next(), activity: activity)
    instances = InstanceMaker(
      settings: settings,
      clock: clock,
      randomness: randomness,
      storage: InstanceStorage(directory: settings.directory),
      ordinals: ExchangeOrdinals(by: .content)
    )
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
  }

  /// Plays `body`; the calling thread waits.
  ///
  /// - Throws: what `body` throws.
  package func play<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    let box = OutcomeBox<Result>()
    let done = DispatchSemaphore(value: 0)
    let driver = Thread { [jumpingClock] in jumpingClock.drive() }
    driver.start()
    // The root of the world: the one unstructured task in it.
    Task(executorPreference: executor) {
      do {
        box.store(.success(try await body()))
      } catch {
        box.store(.failure(error))
      }
      try? await self.client.shutdown()
      done.signal()
    }
    done.wait()
    activity.stop()
    try? group.syncShutdownGracefully()
    guard let outcome = box.value else { throw SimulationError.standstill }
    return try outcome.get()
  }

  package func makeInstance(_ name: String, storage given: URL?) throws -> Instance {
    try instances.make(name, storage: given) { sender in
      LoopbackTransport(client: client, ports: ports, sender: sender, ledger: ledger)
    }
  }

  package func run(_ program: Program, as instance: Instance) async throws {
    let hosts = program.hosts.keys.sorted()
    running.withLock { $0[instance.name] = hosts }
    let server = LoopbackServer(
      instance: ObjectIdentifier(instance.sender),
      group: group,
      hosts: program.hosts,
      ledger: ledger,
      logger: instance.surroundings.logger
    )
    // Opening and closing sockets takes a moment in which the clock must not jump.
    let starting = Hold(activity)
    let stopping = Hold(activity)
    starting.begin()
    defer {
      starting.release()
      closePorts(hosts, of: instance)
      stopping.release()
    }
    try await withTaskCancellationHandler {
      try await serve(program, server: server, as: instance, starting: starting)
    } onCancel: {
      stopping.begin()
    }
  }

  private func serve(
    _ program: Program,
    server: LoopbackServer,
    as instance: Instance,
    starting: Hold
  ) async throws {
    let hosts = program.hosts.keys.sorted()
    try await withThrowingTaskGroup(of: Void.self) { group in
      if !hosts.isEmpty {
        group.addTask {
          try await server.run { port in
            for host in hosts { self.ports.open(port, for: host, by: instance.sender) }
            starting.release()
          }
        }
      } else {
        starting.release()
      }
      group.addTask { try await program.background() }
      defer { group.cancelAll() }
      for try await _ in group {}
    }
  }

  package func serves(_ host: String) -> Bool {
    (try? ports.port(of: host)) != nil
  }

  package func crash(_ instance: Instance) throws -> URL {
    // The wire is cut first, so that nothing can be acknowledged that the copy does not hold; and
    // on one thread no transaction is half-way.
    instance.sender.crash()
    let copy = try instances.storage.copy(of: instance)
    closePorts(running.withLock { $0[instance.name] ?? [] }, of: instance)
    return copy
  }

  private func closePorts(_ hosts: [String], of instance: Instance) {
    for host in hosts { ports.close(host, by: instance.sender) }
    ledger.serverGone(ObjectIdentifier(instance.sender))
  }
}

/// Keeps the clock from jumping from `begin` until `release`; each counts once.
private final class Hold: Sendable {
  private enum Phase {
    case new
    case holding
    case released
  }

  private let activity: Activity
  private let phase = Mutex(Phase.new)

  init(_ activity: Activity) {
    self.activity = activity
  }

  func begin() {
    phase.withLock { phase in
      guard phase == .new else { return }
      phase = .holding
      activity.begin()
    }
  }

  func release() {
    phase.withLock { phase in
      if phase == .holding { activity.end() }
      phase = .released
    }
  }
}
