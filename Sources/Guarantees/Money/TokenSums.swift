import Evidence
import Worlds

/// What calls of one kind used, as far as it can be told from outside.
struct TokenSums {
  /// Completed in an undisturbed world: must stand in every statement, to the token.
  var firmCalls = 0
  var firmPrompt = 0
  var firmCompletion = 0
  /// Cut off, or under way while something was wrong with the world: whether the vendor heard of
  /// their usage cannot be told, and they are itemised.
  var looseCalls = 0
  var loosePrompt = 0
  var looseCompletion = 0

  var calls: ClosedRange<Int> { firmCalls...(firmCalls + looseCalls) }
  var prompt: ClosedRange<Int> { firmPrompt...(firmPrompt + loosePrompt) }
  var completion: ClosedRange<Int> { firmCompletion...(firmCompletion + looseCompletion) }

  /// How long after a call the vendor may take to write it down.
  private static let bookkeeping = Duration.seconds(2)

  mutating func add(_ call: Story.Call, _ story: Story) {
    let isFirm =
      call.of.outcome == .completed
      && !story.isDisturbed(from: call.of.arrivedAt, to: call.at + Self.bookkeeping)
    if isFirm {
      firmCalls += 1
      firmPrompt += call.of.promptTokens
      firmCompletion += call.of.completionTokens
    } else {
      looseCalls += 1
      loosePrompt += call.of.promptTokens
      looseCompletion += call.of.completionTokens
    }
  }
}

extension Story.Call {
  /// Whether the provider took it up and tokens were spent on it.
  var costsTokens: Bool { of.succeeded && of.outcome != .refused && of.promptTokens > 0 }

  /// Completions or embeddings, whatever the provider calls the path.
  var kind: CallKind { of.endpoint.hasSuffix("/embeddings") ? .embeddings : .completions }
}

/// What the usage API of a provider tells apart.
enum CallKind: String, CaseIterable {
  case completions
  case embeddings

  init(endpoint: String) {
    self = endpoint.hasSuffix("/embeddings") ? .embeddings : .completions
  }
}
