package import ChatPlatforms
package import Evidence
package import Foundation
package import Rogues
import Secrets

/// What a run is played with, the same for all of its scenarios.
package struct RunSettings: Sendable {
  package var seed: UInt64
  /// Who is under test where a scenario names nobody.
  package var vendor: Vendor
  /// All vendors that a scenario may name.
  package var vendors: [Vendor]
  /// Made once: keys of token issuers cost some tenths of a second.
  package var issuerKeys: IssuerKeys
  /// Where the instances' storage goes; a directory of this run alone, removed by its owner.
  package var directory: URL
  /// This program's own executable, which a story with `vendor: process` starts; nil where there is
  /// none.
  package var program: URL?
  /// The library that the command line names, for the command that plays a story again.
  package var library: String?
  /// Where the vendor crashes in the middle of what it does; nil for stories without that.
  package var crash: CrashPlan?
  /// A text of the buyer's choosing, which is mixed into the seed.
  package var challenge: String?
  /// Where the story that is played keeps its evidence while it goes on; nil where it is written
  /// when the story is over.
  package var log: EvidenceFile?
  /// Set in each play of a pair.
  var pair: PairSide?
  /// Collects the keys of all scenarios, for the search of what is written at the end.
  package let keys = KeyCollection()

  package init(
    seed: UInt64,
    vendor: Vendor,
    vendors: [Vendor],
    issuerKeys: IssuerKeys,
    directory: URL,
    program: URL? = nil
  ) {
    self.seed = seed
    self.vendor = vendor
    self.vendors = vendors
    self.issuerKeys = issuerKeys
    self.directory = directory
    self.program = program
  }

  /// Names keys in the evidence.
  var fingerprinter: Fingerprinter { Fingerprinter(salt: fingerprintSalt) }

  /// - Throws: `ConductorError.vendorUnreachable`.
  func requiredProgram() throws -> URL {
    guard let program else { throw ConductorError.vendorUnreachable("there is no executable") }
    return program
  }
}
