package import Foundation
import Logging
import Synchronization

/// One thread, virtual time, seeded scheduling and network: the same seed gives the same bytes.
package final class SimulatedWorld: World {
  package let clock: any WorldClock
  package let randomness: Randomness
  private let simulatedClock: SimulatedClock
  private let network = SimulatedNetwork()
  private let instances: InstanceMaker
  private let running = Mutex<[String: [String]]>([:])

  package init(_ settings: WorldSettings) {
    simulatedClock = SimulatedClock(startingAt: settings.startsAt)
    clock = simulatedClock
    randomness = Randomness(seed: settings.seed)
    instances = InstanceMaker(
      settings: settings,
      clock: clock,
      randomness: randomness,
      storage: InstanceStorage(directory: settings.directory),
      ordinals: ExchangeOrdinals(by: .moment)
    )
  }

  /// Plays `body` on the calling thread, which is the world's until it returns.
  ///
  /// - Throws: `SimulationError`, or what `body` throws.
  package func play<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    try SimulatedExecutor(randomness: randomness, clock: simulatedClock).run(body)
  }

  package func makeInstance(_ name: String, storage given: URL?) throws -> Instance {
    try instances.make(name, storage: given) { sender in
      SimulatedTransport(network: network, sender: sender)
    }
  }

  package func run(_ program: Program, as instance: Instance) async throws {
    running.withLock { $0[instance.name] = program.hosts.keys.sorted() }
    let counter = instances.counter(of: instance.name)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await self.network.serve(program.hosts, logger: instance.surroundings.logger) {
          counter?.passed()
        }
      }
      group.addTask { try await program.background() }
      defer { group.cancelAll() }
      for try await _ in group {}
    }
  }

  package func serves(_ host: String) -> Bool {
    network.serves(host)
  }

  package func crash(_ instance: Instance) throws -> URL {
    // One thread: between these lines nothing of the instance can run.
    let copy = try instances.storage.copy(of: instance)
    instance.sender.crash()
    for host in running.withLock({ $0[instance.name] ?? [] }) { network.shutDown(host) }
    return copy
  }
}
