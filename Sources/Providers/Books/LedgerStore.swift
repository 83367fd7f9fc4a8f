import Secrets
package import Worlds

/// Where the ledger is kept: in memory for a story, in SQLite for a server.
package protocol LedgerStore: Sendable {
  /// Takes a row and numbers it. Never waits for a disk.
  func book(_ row: LedgerRow)

  /// Rows after a sequence number that pass the filter, in order.
  func rows(_ filter: LedgerFilter, after sequence: Int, limit: Int) throws -> [LedgerRow]

  /// Sums of billed rows, by bucket and by the dimensions asked for, in that order.
  func totals(_ query: UsageQuery) throws -> [UsageTotal]

  /// The highest order of a call so far; 0 for an empty ledger.
  func lastOrder() throws -> Int

  /// Forgets all rows. Their sequence numbers are not given again, so that whoever reads on after
  /// the last one that he saw misses none. (A file that is opened anew goes on after its last row.)
  func clear() throws
}

/// Which rows of the ledger are wanted; nil for any.
package struct LedgerFilter: Sendable, Equatable {
  package var organizationID: String?
  package var projectID: String?
  package var keyID: String?
  package var fingerprint: String?
  package var endpoint: String?
  /// As requested, or as the books name it.
  package var model: String?
  package var status: Int?
  package var outcome: ObservedCall.Outcome?
  /// The moments of booking, the first inclusive, the second exclusive.
  package var from: Timestamp?
  package var to: Timestamp?

  package init() {}

  func admits(_ row: LedgerRow) -> Bool {
    admits(row.account) && Self.fits(status, row.status) && Self.fits(outcome, row.outcome)
      && (from.map { row.endedAt >= $0 } ?? true) && (to.map { row.endedAt < $0 } ?? true)
  }

  func admits(_ account: LedgerRow.Account) -> Bool {
    Self.fits(organizationID, account.organizationID) && Self.fits(projectID, account.projectID)
      && Self.fits(keyID, account.keyID) && Self.fits(endpoint, account.endpoint)
      && Self.fits(fingerprint, account.fingerprint.description)
      && (model.map { $0 == account.model || $0 == account.snapshot } ?? true)
  }

  private static func fits<Value: Equatable>(_ wanted: Value?, _ value: Value) -> Bool {
    wanted.map { $0 == value } ?? true
  }
}
