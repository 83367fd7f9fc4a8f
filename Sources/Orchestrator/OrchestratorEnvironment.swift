import Foundation
package import Secrets
package import Worlds

/// What the parts are built from. A variant may exchange the transport before it builds them.
package struct OrchestratorEnvironment: Sendable {
  package var configuration: OrchestratorConfiguration
  package let secrets: OrchestratorSecrets
  /// The world's, with a logger that engineers can search.
  package let surroundings: Surroundings
  /// All calls to the outside go through it.
  package var transport: any HTTPTransport
  package let storage: Storage
  /// Of the master key's file; nil where the configuration needs none.
  package let sealer: Sealer?
  package let fingerprinter: Fingerprinter
  let knowledge: KnowledgeStore
  let recentLog: RecentLog
  let notifications: Notifications
  /// Nil where this process is alone on its storage.
  let replica: Replica?

  /// Checks the configuration, reads the master key and opens the storage.
  ///
  /// - Throws: `ConfigurationFault`, and what opening the storage throws.
  package init(
    configuration: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    surroundings: Surroundings
  ) throws {
    try configuration.validate()
    sealer =
      configuration.custody.needsMasterKeyFile
      ? try MasterKeyFile.read(configuration.masterKeyFile, from: surroundings.storage) : nil
    storage = try Storage(
      directory: surroundings.storage,
      isShared: configuration.replicas != nil,
      touch: surroundings.touchStorage
    )
    knowledge = KnowledgeStore(storage: storage, provider: configuration.provider)
    let storage = storage
    replica = try configuration.replicas.map {
      try Replica($0, storage: storage, clock: surroundings.clock)
    }
    notifications = Notifications(
      storage: storage,
      clock: surroundings.clock,
      replica: replica,
      contacts: configuration.tenants
    )
    self.configuration = configuration
    self.secrets = secrets
    recentLog = RecentLog(clock: surroundings.clock)
    self.surroundings = Surroundings(
      clock: surroundings.clock,
      randomness: surroundings.randomness,
      transport: surroundings.transport,
      storage: surroundings.storage,
      logger: recentLog.beside(surroundings.logger)
    )
    transport = surroundings.transport
    fingerprinter = Fingerprinter(salt: configuration.publicHost)
  }
}
