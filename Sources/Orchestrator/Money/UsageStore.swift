import GRDB
import Wire
import Worlds

/// What a call is counted under in the vendor's own records.
struct UsageAccount: Hashable, Sendable {
  var tenant: String
  var payer: DeploymentModel.Payer
  /// Of the customer's key; empty for the vendor's account, whose keys are nobody's business.
  var fingerprint = ""
  var lastFour = ""
  /// As OpenAI calls it, whoever the provider is.
  var endpoint: String
  /// As the request named it: for Azure, the deployment.
  var model: String
}

/// What was used of one model with one key.
package struct UsageTotal: Hashable, Sendable {
  package var payer: DeploymentModel.Payer
  package var fingerprint: String
  package var lastFour: String
  package var endpoint: String
  package var model: String
  /// Calls whose usage the provider stated.
  package var calls: Int
  /// Calls that broke off before it did: what they cost stands in the provider's books alone.
  package var cutOffCalls: Int
  package var promptTokens: Int
  package var completionTokens: Int
}

/// The vendor's own records of what it used, as the provider stated it call by call.
package struct UsageStore: Sendable {
  private let storage: Storage

  package init(storage: Storage) {
    self.storage = storage
  }

  /// Written with the next thing that the message needs written, or a moment later.
  ///
  /// - Parameter usage: nil for a call that broke off before its usage was sent.
  func record(_ usage: TokenUsage?, of account: UsageAccount, at now: Timestamp) {
    storage.deferred.add { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO usage (tenant, day, payer, fingerprint, last_four, endpoint, model, calls,
            cut_off_calls, prompt_tokens, completion_tokens)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
            cut_off_calls = cut_off_calls + excluded.cut_off_calls,
            prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            completion_tokens = completion_tokens + excluded.completion_tokens
          """
      ).execute(
        arguments: [
          account.tenant, CalendarDay(now).number, account.payer.rawValue, account.fingerprint,
          account.lastFour, account.endpoint, account.model, usage == nil ? 0 : 1,
          usage == nil ? 1 : 0, usage?.promptTokens ?? 0, usage?.completionTokens ?? 0,
        ]
      )
    }
  }

  /// Sorted; sums over the days of a period, from its first to its last.
  package func totals(
    of tenant: String,
    from first: CalendarDay,
    through last: CalendarDay
  ) throws -> [UsageTotal] {
    try storage.write { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT payer, fingerprint, last_four, endpoint, model, SUM(calls), SUM(cut_off_calls),
            SUM(prompt_tokens), SUM(completion_tokens)
          FROM usage WHERE tenant = ? AND day BETWEEN ? AND ?
          GROUP BY payer, fingerprint, last_four, endpoint, model
          ORDER BY payer, fingerprint, last_four, endpoint, model
          """,
        arguments: [tenant, first.number, last.number]
      ).map { row in
        UsageTotal(
          payer: DeploymentModel.Payer(rawValue: row[0]) ?? .customer,
          fingerprint: row[1],
          lastFour: row[2],
          endpoint: row[3],
          model: row[4],
          calls: row[5],
          cutOffCalls: row[6],
          promptTokens: row[7],
          completionTokens: row[8]
        )
      }
    }
  }
}
