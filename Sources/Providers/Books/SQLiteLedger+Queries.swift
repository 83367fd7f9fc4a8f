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
    return try queue.read { try rows(filter, after: sequence, limit: limit, $0) }
  }

  private func rows(
    _ filter: LedgerFilter,
    after sequence: Int,
    limit: Int,
    _ database: Database
  ) throws -> [LedgerRow] {
    let known = accountIDs.withLock { $0 }
    let wanted = known.filter { filter.admits($0.key) }.map(\.value).sorted()
    guard !wanted.isEmpty else { return [] }
    var conditions = ["calls.sequence > ?"]
    var arguments: StatementArguments = [sequence]
    if wanted.count < known.count {
      // Rows of a few accounts are looked up; for many it is quicker to go through the rows.
      let column = wanted.count <= 64 ? "calls.account" : "+calls.account"
      conditions.append("\(column) IN (\(wanted.map(String.init).joined(separator: ",")))")
    }
    let columns: [(String, (any DatabaseValueConvertible)?)] = [
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
    return try Row.fetchAll(database, sql: sql, arguments: arguments).map(LedgerRow.init)
  }

  /// Account by account, in the order of the index: summing all rows at once would sort them, and
  /// take three times as long.
  package func totals(_ query: UsageQuery) throws -> [UsageTotal] {
    try flush()
    var totals: [UsageTotal.Group: UsageTotal] = [:]
    try queue.read { database in
      let known = accountIDs.withLock { $0 }
      let wanted = known.filter { query.admits($0.key) }.sorted { $0.value < $1.value }
      let statement = try database.cachedStatement(sql: Self.sumOfAccount)
      for (account, id) in wanted {
        let arguments: StatementArguments = [
          query.bucket.nanoseconds, id, query.from.nanoseconds, query.to.nanoseconds,
        ]
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try cursor.next() {
          let group = query.group(of: account, bucket: row[0])
          var total = totals[group] ?? UsageTotal(group: group)
          total.calls += row[1]
          total.promptTokens += row[2]
          total.cachedTokens += row[3]
          total.completionTokens += row[4]
          totals[group] = total
        }
      }
    }
    return totals.values.sorted { $0.group < $1.group }
  }

  private static let sumOfAccount = """
    SELECT ended_at / ? AS bucket, count(*), sum(prompt_tokens), sum(cached_tokens),
      sum(completion_tokens)
    FROM calls INDEXED BY calls_usage
    WHERE is_billed AND account = ? AND ended_at >= ? AND ended_at < ?
    GROUP BY bucket
    """

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
