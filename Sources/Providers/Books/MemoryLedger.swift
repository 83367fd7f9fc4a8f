import Synchronization
import Worlds

/// The ledger of a story: rows in memory, for as long as the story lasts.
package final class MemoryLedger: LedgerStore {
  private let kept = Mutex<[LedgerRow]>([])

  package init() {}

  package func book(_ row: LedgerRow) {
    kept.withLock { rows in
      rows.append(row)
      rows[rows.count - 1].sequence = rows.count
    }
  }

  package func rows(
    _ filter: LedgerFilter,
    after sequence: Int,
    limit: Int
  ) -> [LedgerRow] {
    // A sequence number is a place in the list.
    kept.withLock { rows in
      let later = rows.dropFirst(max(0, sequence))
      return Array(later.lazy.filter(filter.admits).prefix(max(0, limit)))
    }
  }

  package func totals(_ query: UsageQuery) -> [UsageTotal] {
    var totals: [UsageTotal.Group: UsageTotal] = [:]
    let width = query.bucket.nanoseconds
    for row in kept.withLock({ $0 }) where row.isBilled {
      guard row.endedAt >= query.from, row.endedAt < query.to, query.admits(row.account) else {
        continue
      }
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
    kept.withLock { $0.last.map(\.order) ?? 0 }
  }

  package func clear() {
    kept.withLock { $0.removeAll() }
  }
}
