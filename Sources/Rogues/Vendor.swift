package import Orchestrator
package import Secrets
package import Worlds

/// A vendor under test: what the conductor starts, and what it says of itself.
///
/// The conductor knows nothing more: today every vendor is the orchestrator or made of it, tomorrow
/// one may be somebody's product in another process.
package struct Vendor: Sendable {
  package enum Kind: Sendable, Equatable {
    case honest
    /// Breaks the promises with these ids, and must be caught by each of them.
    case rogue(breaks: [String])
    /// Looks guilty, and must not be accused.
    case innocent
  }

  package var name: String
  package var kind: Kind
  /// What it does, in a sentence.
  package var summary: String
  /// The real incident that it is modelled on; nil for the honest vendor.
  package var incident: String?
  /// Scenario files in which calibration tries it, relative to the library.
  package var triedIn: [String]
  /// Whether each customer's administrator gives it a second key, as a standby.
  package var wantsStandbyKeys: Bool
  package var start: @Sendable (VendorSetup) throws -> Program

  package init(
    name: String,
    kind: Kind,
    summary: String,
    incident: String? = nil,
    triedIn: [String] = [],
    wantsStandbyKeys: Bool = false,
    start: @escaping @Sendable (VendorSetup) throws -> Program
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.incident = incident
    self.triedIn = triedIn
    self.wantsStandbyKeys = wantsStandbyKeys
    self.start = start
  }

  /// The reference orchestrator of this build, as it is.
  package static let honest = Vendor(
    name: "honest",
    kind: .honest,
    summary: "The reference orchestrator of this build, unchanged."
  ) { setup in
    try Orchestrator(
      configuration: setup.configuration,
      secrets: setup.secrets,
      surroundings: setup.surroundings
    ).program
  }
}

/// What a vendor is started with.
package struct VendorSetup: Sendable {
  package var configuration: OrchestratorConfiguration
  package var secrets: OrchestratorSecrets
  package var surroundings: Surroundings
  /// A key of the vendor's own provider account: every vendor has one, the honest one leaves it.
  package var ownKey: Secret
  /// A second key of the customer's, by tenant, where a vendor is told one as a standby.
  package var standbyKeys: [String: Secret]
  /// Which of the processes that serve together this is, from 1.
  package var replica: Int

  package init(
    configuration: OrchestratorConfiguration,
    secrets: OrchestratorSecrets,
    surroundings: Surroundings,
    ownKey: Secret,
    standbyKeys: [String: Secret] = [:],
    replica: Int = 1
  ) {
    self.configuration = configuration
    self.secrets = secrets
    self.surroundings = surroundings
    self.ownKey = ownKey
    self.standbyKeys = standbyKeys
    self.replica = replica
  }
}
