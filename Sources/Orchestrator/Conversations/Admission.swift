import GRDB
import Worlds

/// Which questions are refused as they come: those that are too long, and those beyond what a
/// minute allows their customer. What is left of that stands in the storage, so that it is the
/// customer's over all processes, and is taken in the write that journals the question.
struct Admission: Sendable {
  private let questionCharacters: Int
  /// Nil for as many as come.
  private let perMinute: Int?

  init(_ limits: OrchestratorConfiguration.Limits) {
    questionCharacters = limits.questionCharacters
    perMinute = limits.messagesPerMinutePerTenant
  }

  /// Whether a message has to be asked about at all.
  func mayRefuse(_ message: ReceivedMessage) -> Bool {
    (perMinute != nil || isTooLong(message.question)) && Command(message.question) == nil
  }

  /// Takes one of the customer's allowance, unless the message is refused.
  func refusal(of message: ReceivedMessage, in database: Database) throws -> Refusal? {
    if isTooLong(message.question) { return .tooLong }
    guard let perMinute else { return nil }
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT saved, at FROM rates WHERE tenant = ?"),
      arguments: [message.tenant]
    )
    var allowance =
      if let row {
        RateAllowance(perMinute: perMinute, saved: row[0], at: Timestamp(nanoseconds: row[1]))
      } else {
        RateAllowance(perMinute: perMinute, at: message.receivedAt)
      }
    // Nothing is taken, and nothing need be written: the time since counts on.
    guard allowance.take(at: message.receivedAt) else { return .tooMany }
    try database.cachedStatement(
      sql: """
        INSERT INTO rates (tenant, saved, at) VALUES (?, ?, ?)
        ON CONFLICT (tenant) DO UPDATE SET saved = excluded.saved, at = excluded.at
        """
    ).execute(arguments: [message.tenant, allowance.saved, allowance.at.nanoseconds])
    return nil
  }

  private func isTooLong(_ question: String) -> Bool {
    // A text has at least as many bytes as characters, which take longer to count.
    question.utf8.count > questionCharacters && question.count > questionCharacters
  }
}
