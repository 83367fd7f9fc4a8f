import Synchronization
import Worlds

/// The ledger of a story: rows in memory, for as long as the story lasts.
package final class MemoryLedger: LedgerStore {
  private struct State: Sendable {
    var rows: [LedgerRow] = []
    /// Of the rows that were cleared away: numbers are given once.
    var cleared = 0
  }

  private let kept = Mutex(State())

  package init() {}

  package func book(_ row: LedgerRow) {
    kept.withLock { state in
      state.rows.append(row)
      state.rows[state.rows.count - 1].sequence = state.cleared + state.rows.count
    }
  }

  package func rows(
    _ filter: LedgerFilter,
    after sequence: Int,
    limit: Int
  ) -> [LedgerRow] {
    // A sequence number is a place in the list.
    kept.withLock { state in
      let later = state.rows.dropFirst(max(0, sequence - state.cleared))
      return Array(later.lazy.filter(filter.admits).prefix(max(0, limit)))
    }
  }

  package func totals(_ query: UsageQuery) -> [UsageTotal] {
    var totals: [UsageTotal.Group: UsageTotal] = [:]
    let width = query.bucket.nanoseconds
    let rows = kept.withLock { $0.rows }
    // Most rows are of another time: they are told by their moment, and never copied.
    for index in rows.indices
    where rows[index].isBilled && rows[index].endedAt >= query.from
      && rows[index].endedAt < query.to
    {
      let row = rows[index]
      guard query.admits(row.account) else { continue }
      let group = query.group(of: row.account, bucket: row.endedAt.nanoseconds / width)
      var total = totals[group] ?? UsageTotal(group: group)
      total.calls += 1
      total.promptTokens += row.promptTokens
      total.cachedTokens += row.cachedTokens
      total.completionTokens += row.completionTokens
      totals[group] = total
    }
    return totals.values.sorted { $0.group < $1.group }
  }

  package func lastOrder() -> Int {
    kept.withLock { $0.rows.lazy.map(\.order).max() ?? 0 }
  }

  package func clear() {
    kept.withLock { state in
      state.cleared += state.rows.count
      state.rows.removeAll()
    }
  }
}
