import GRDB
import Secrets
import Synchronization
import Worlds

/// Reading the ledger of a server.
extension SQLiteLedger {
  package func rows(
    _ filter: LedgerFilter,
    after sequence: Int,
    limit: Int
  ) throws -> [LedgerRow] {
    try flush()
    var conditions = ["calls.sequence > ?"]
    var arguments: StatementArguments = [sequence]
    let columns: [(String, (any DatabaseValueConvertible)?)] = [
      ("accounts.organization = ?", filter.organizationID),
      ("accounts.project = ?", filter.projectID),
      ("accounts.key = ?", filter.keyID),
      ("accounts.fingerprint = ?", filter.fingerprint),
      ("accounts.endpoint = ?", filter.endpoint),
      ("? IN (accounts.model, accounts.snapshot)", filter.model),
      ("calls.status = ?", filter.status),
      ("calls.outcome = ?", filter.outcome?.rawValue),
      ("calls.ended_at >= ?", filter.from?.nanoseconds),
      ("calls.ended_at < ?", filter.to?.nanoseconds),
    ]
    for (condition, value) in columns {
      guard let value else { continue }
      conditions.append(condition)
      arguments += [value]
    }
    arguments += [max(0, limit)]
    let sql = """
      SELECT * FROM calls JOIN accounts ON accounts.id = calls.account
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY calls.sequence LIMIT ?
      """
    return try queue.read { database in
      try Row.fetchAll(database, sql: sql, arguments: arguments).map(LedgerRow.init)
    }
  }

  /// Accounts are few, and rows are many: rows are summed by account in SQLite, and what the
  /// query asks of accounts is done here.
  package func totals(_ query: UsageQuery) throws -> [UsageTotal] {
    try flush()
    var totals: [UsageTotal.Group: UsageTotal] = [:]
    let known = accountIDs.withLock { $0 }
    let wanted = Dictionary(
      uniqueKeysWithValues: known.filter { query.admits($0.key) }.map { ($0.value, $0.key) }
    )
    guard !wanted.isEmpty else { return [] }
    // A few accounts of many are looked up, instead of looking at all.
    let isFew = wanted.count <= 16 && wanted.count * 4 < known.count
    let list = wanted.keys.sorted().map(String.init).joined(separator: ",")
    let sql = """
      SELECT ended_at / ? AS bucket, account, count(*), sum(prompt_tokens), sum(cached_tokens),
        sum(completion_tokens)
      FROM calls INDEXED BY calls_usage
      WHERE is_billed AND ended_at >= ? AND ended_at < ?
        \(isFew ? "AND account IN (\(list))" : "")
      GROUP BY bucket, account
      """
    let arguments: StatementArguments = [
      query.bucket.nanoseconds, query.from.nanoseconds, query.to.nanoseconds,
    ]
    try queue.read { database in
      let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
      while let row = try cursor.next() {
        guard let account = wanted[row[1]] else { continue }
        let group = query.group(of: account, bucket: row[0])
        var total = totals[group] ?? UsageTotal(group: group)
        total.calls += row[2]
        total.promptTokens += row[3]
        total.cachedTokens += row[4]
        total.completionTokens += row[5]
        totals[group] = total
      }
    }
    return totals.values.sorted { $0.group < $1.group }
  }

  package func lastOrder() throws -> Int {
    try flush()
    return try queue.read {
      try Int.fetchOne($0, sql: "SELECT max(authentication_order) FROM calls") ?? 0
    }
  }
}

extension LedgerRow.Account {
  init(_ row: Row) {
    self.init(
      organizationID: row["organization"],
      projectID: row["project"],
      keyID: row["key"],
      fingerprint: Fingerprint(row["fingerprint"]),
      userID: row["user"],
      endpoint: row["endpoint"],
      model: row["model"],
      snapshot: row["snapshot"]
    )
  }
}

extension LedgerRow {
  fileprivate init(_ row: Row) {
    self.init(
      sequence: row["sequence"],
      account: Account(row),
      order: row["authentication_order"],
      requestID: row["request"],
      arrivedAt: Timestamp(nanoseconds: row["arrived_at"]),
      authenticatedAt: Timestamp(nanoseconds: row["authenticated_at"]),
      endedAt: Timestamp(nanoseconds: row["ended_at"]),
      status: row["status"],
      errorCode: row["error"],
      outcome: ObservedCall.Outcome(rawValue: row["outcome"]) ?? .refused,
      isStreamed: row["is_streamed"],
      isGrace: row["is_grace"],
      isBilled: row["is_billed"],
      promptTokens: row["prompt_tokens"],
      cachedTokens: row["cached_tokens"],
      completionTokens: row["completion_tokens"]
    )
  }
}
