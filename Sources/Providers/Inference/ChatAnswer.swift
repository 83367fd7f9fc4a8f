import HTTPTypes
import Wire
import Worlds

/// A chat completion that was admitted, with the answer that it is going to get.
struct ChatAnswer: Sendable {
  struct Choice: Sendable {
    /// Nil when tools are called, or the model declines.
    var text: String?
    var refusal: String?
    var calls: [ToolCall] = []
    var finish: FinishReason
    var logProbabilities: [TokenLogProbability]?
    /// As `countTokens` found them when the answer had its final length.
    var tokens = 0

    /// What is counted as the model's output: counted anew at each call, and long texts cost.
    func countTokens() -> Int {
      var tokens = TokenEstimate.count(text ?? refusal ?? "")
      // A call is framed by some tokens that say whom it is for.
      for call in calls {
        tokens += 8 + TokenEstimate.count(call.name) + TokenEstimate.count(call.input)
      }
      return tokens
    }
  }

  let request: ChatCompletionRequest
  let model: OpenAIModel
  let draws: CallDraws
  let choices: [Choice]
  let usage: TokenUsage
  let pace: AnswerPace
  let startedAt: Timestamp
  let facts: SuccessFacts
  let plan: CallPlan
}

extension OpenAIModel {
  /// Names the set-up that answers; models that reason state none.
  var fingerprint: String? {
    guard case .chat(reasons: false) = kind else { return nil }
    return "fp_" + String(ContentDigest(snapshot).value | 1 << 63, radix: 16).prefix(10)
  }
}
