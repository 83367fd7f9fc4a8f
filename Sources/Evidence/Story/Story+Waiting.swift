import Worlds

/// Messages that wait for a key, where their customer wants that.
extension Story {
  /// How long a customer lets messages wait for its next key; nil where it wants them refused.
  package func waitingTime(of tenant: String) -> Duration? {
    rejectedKey(of: tenant)?.waitSeconds.map { .seconds(Int64($0)) }
  }

  /// The personal conversation of whoever the customer wants to be told of a rejected key.
  package func contact(of tenant: String) -> Facts.Conversation? {
    guard let person = rejectedKey(of: tenant)?.tells else { return nil }
    return facts.conversations.first {
      $0.tenant == tenant && $0.kind == .personal && $0.members == [person]
    }
  }

  /// The first notice by which the person learned that the message waits. The words alone are none:
  /// where the customer does not let messages wait, they are a refusal.
  package func promise(to message: Message) -> Reply? {
    guard waitingTime(of: message.of.tenant) != nil else { return nil }
    return message.replies.map { replies[$0] }.first { $0.of.saysItWaits }
  }

  /// What became of a message: its first answer or refusal. That it waits is neither.
  package func ending(of message: Message) -> Reply? {
    let mayWait = waitingTime(of: message.of.tenant) != nil
    return message.replies.map { replies[$0] }.first { !(mayWait && $0.of.saysItWaits) }
  }

  private func rejectedKey(of tenant: String) -> Facts.RejectedKey? {
    facts.tenants.first { $0.id == tenant }?.rejectedKey
  }
}
