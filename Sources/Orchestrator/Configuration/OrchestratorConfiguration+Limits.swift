extension OrchestratorConfiguration {
  /// Every bound of the program, with the defaults that it is sold with.
  package struct Limits: Codable, Sendable {
    package var questionCharacters = 8_000
    package var documentBytes = 512 << 10
    package var documentsPerBase = 2_000
    /// Messages that wait or are worked on; beyond it the platform is told to come again.
    package var outstandingMessages = 10_000
    /// The same of one customer alone, so that nobody takes all places.
    package var outstandingMessagesPerTenant = 10_000
    package var concurrentMessagesPerTenant = 64
    /// Questions of one customer that are worked on in a minute; more are refused plainly. Nil for
    /// as many as come.
    package var messagesPerMinutePerTenant: Int?
    /// From when a message is taken up until no further model call begins for it.
    package var messageSeconds = 60
    package var firstByteSeconds = 30
    package var modelCallSeconds = 120
    /// Repeats of a failed model call.
    package var modelRepeats = 2
    /// Calls of one customer that fail in a row until its provider is left alone for a while.
    package var failuresUntilPause = 6
    package var failurePauseSeconds = 10
    /// While the provider rejects a customer's key, one message in this time may try it again.
    package var rejectedKeyProbeSeconds = 60
    /// How long an answer is offered to a platform that cannot take it.
    package var deliverySeconds = 1_800
    package var synchronousReplySeconds = 20
    /// People see that the assistant is typing once an answer has taken this long.
    package var typingAfterMilliseconds = 400
    package var chunksPerPrompt = 4
    package var historyTurns = 4
    /// Bytes of a question or answer that a later prompt recalls: an answer that repeats its prompt
    /// must not make the next one grow without end.
    package var recalledBytes = 800
    package var rosterMembers = 500

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&questionCharacters, .questionCharacters)
      try container.read(&documentBytes, .documentBytes)
      try container.read(&documentsPerBase, .documentsPerBase)
      try container.read(&outstandingMessages, .outstandingMessages)
      try container.read(&outstandingMessagesPerTenant, .outstandingMessagesPerTenant)
      try container.read(&concurrentMessagesPerTenant, .concurrentMessagesPerTenant)
      messagesPerMinutePerTenant = try container.decodeIfPresent(
        Int.self,
        forKey: .messagesPerMinutePerTenant
      )
      try container.read(&messageSeconds, .messageSeconds)
      try container.read(&firstByteSeconds, .firstByteSeconds)
      try container.read(&modelCallSeconds, .modelCallSeconds)
      try container.read(&modelRepeats, .modelRepeats)
      try container.read(&failuresUntilPause, .failuresUntilPause)
      try container.read(&failurePauseSeconds, .failurePauseSeconds)
      try container.read(&rejectedKeyProbeSeconds, .rejectedKeyProbeSeconds)
      try container.read(&deliverySeconds, .deliverySeconds)
      try container.read(&synchronousReplySeconds, .synchronousReplySeconds)
      try container.read(&typingAfterMilliseconds, .typingAfterMilliseconds)
      try container.read(&chunksPerPrompt, .chunksPerPrompt)
      try container.read(&historyTurns, .historyTurns)
      try container.read(&recalledBytes, .recalledBytes)
      try container.read(&rosterMembers, .rosterMembers)
    }
  }
}
