package import Foundation
package import Logging

/// All that a world gives to a program that runs in it. A program that asks for nothing else can
/// be started in any world, and as a server of its own.
package struct Surroundings: Sendable {
  /// On which side of something that it does a program stands.
  package enum Side: Sendable {
    case before
    case after
  }

  package let clock: any WorldClock
  package let randomness: Randomness
  package let transport: any HTTPTransport
  /// A directory of the program's own; what is in it survives restarts.
  package let storage: URL
  package let logger: Logger
  /// Called before and after each access to the storage. Throws `TransportError.senderGone` when
  /// the program has crashed: nothing of it reaches the disk from then on.
  package let touchStorage: @Sendable (Side) throws -> Void

  package init(
    clock: any WorldClock,
    randomness: Randomness,
    transport: any HTTPTransport,
    storage: URL,
    logger: Logger,
    touchStorage: @escaping @Sendable (Side) throws -> Void = { _ in }
  ) {
    self.clock = clock
    self.randomness = randomness
    self.transport = transport
    self.storage = storage
    self.logger = logger
    self.touchStorage = touchStorage
  }
}

/// A program as a world runs it: what it answers, by host name, and what it does by itself.
package struct Program: Sendable {
  package var hosts: [String: Responder]
  /// Runs beside the responders until it is cancelled; returns when there is nothing left to do.
  package var background: @Sendable () async throws -> Void
  /// Asked before a stop in good order, while the program still runs: it takes nothing new, and
  /// returns when it may be cancelled. What is under way gets as long as it is given, and what must
  /// not be cut off a little longer.
  package var drain: @Sendable (Duration) async -> Void

  package init(
    hosts: [String: Responder],
    background: @escaping @Sendable () async throws -> Void = {},
    drain: @escaping @Sendable (Duration) async -> Void = { _ in }
  ) {
    self.hosts = hosts
    self.background = background
    self.drain = drain
  }
}
