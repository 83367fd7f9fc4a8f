package import Foundation
package import Logging

/// A place where programs run together: with a clock, a network and a disk of its own.
///
/// Two implementations: `SimulatedWorld` and `LoopbackWorld`. What runs in them cannot tell which.
package protocol World: Sendable {
  var clock: any WorldClock { get }
  var randomness: Randomness { get }

  /// Prepares a program's life: what it is given, and the handle by which it is stopped.
  ///
  /// - Parameter storage: the directory that an earlier instance left, or nil for an empty one.
  func makeInstance(_ name: String, storage: URL?) throws -> Instance

  /// Serves the program's hosts and runs its background until the surrounding task is cancelled,
  /// or the background throws.
  func run(_ program: Program, as instance: Instance) async throws

  /// Whether somebody answers under this host name now.
  func serves(_ host: String) -> Bool

  /// Kills an instance at once: from here on nothing of it reaches the wire, `catch` and `defer`
  /// blocks included; its open exchanges break.
  ///
  /// - Returns: a byte copy of its storage as of this moment, for the next instance.
  func crash(_ instance: Instance) throws -> URL
}

/// One life of a program in a world, from its start to its stop or crash.
package final class Instance: Sendable {
  package let name: String
  package let surroundings: Surroundings
  let sender: Sender

  init(name: String, surroundings: Surroundings, sender: Sender) {
    self.name = name
    self.surroundings = surroundings
    self.sender = sender
  }
}

/// What a world is made with.
package struct WorldSettings: Sendable {
  package var startsAt: Timestamp
  package var seed: UInt64
  /// The run's own directory: every instance has its storage below it.
  package var directory: URL
  /// Faults and delays between the parts, changed while the story goes on.
  package var conditions: NetworkConditions
  /// Told of every exchange, when it has ended.
  package var observe: @Sendable (ObservedExchange) -> Void
  /// Counts what an instance does, where a story wants that.
  package var operations: OperationCounter?
  /// Makes the log of an instance from its name and storage.
  package var makeLogger: @Sendable (String, URL) -> Logger

  package init(
    startsAt: Timestamp,
    seed: UInt64,
    directory: URL,
    conditions: NetworkConditions = NetworkConditions(),
    observe: @escaping @Sendable (ObservedExchange) -> Void = { _ in },
    operations: OperationCounter? = nil,
    makeLogger: @escaping @Sendable (String, URL) -> Logger = { name, _ in Logger(label: name) }
  ) {
    self.startsAt = startsAt
    self.seed = seed
    self.directory = directory
    self.conditions = conditions
    self.observe = observe
    self.operations = operations
    self.makeLogger = makeLogger
  }
}
