import Hummingbird
import Synchronization
import Wire
import Worlds

extension InferenceService {
  /// Answers a chat completion whose credential was found good, whole or as a stream.
  ///
  /// - Throws: `Refusal`, or what ends the connection.
  func complete(
    _ chat: ChatCompletionRequest,
    model: OpenAIModel,
    for caller: InferenceCaller,
    limit: OwnLimit? = nil,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) async throws -> Response {
    let answer = try prepare(chat, model: model, for: caller, limit: limit, plan, call)
    return try await chat.stream ?? false ? stream(answer, call) : whole(answer, call)
  }

  /// Decides the answer, and everything about its pace, before the first delay.
  func prepare(
    _ chat: ChatCompletionRequest,
    model: OpenAIModel,
    for caller: InferenceCaller,
    limit: OwnLimit?,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) throws -> ChatAnswer {
    try chat.checkSchemas()
    let promptTokens = chat.promptTokens
    guard promptTokens <= model.contextTokens else {
      throw Refusal.tooLong(tokens: promptTokens, limit: model.contextTokens, param: "messages")
    }
    try chat.checkFitness(for: model)
    let ownLimits = try limit?(promptTokens, chat.answerLimit(of: model)) ?? OwnAllowance()
    let wanted = promptTokens + (chat.answerLimit(of: model) ?? 0)
    let rateLimits = try takeAllowance(tokens: wanted, model: model, caller)
    let observed = call.observed
    let draws = draws(for: observed)
    let markers = Markers(chat, draws, prompt: observed.prompt, randomness)
    let composer = AnswerComposer(
      chat: chat,
      model: model,
      prompt: observed.prompt,
      draws: draws,
      reply: plan.reply
    )
    let choices: [ChatAnswer.Choice]
    do {
      choices = try composer.choices { markers[$0] }
    } catch {
      // What is refused uses up nothing.
      ownLimits.giveBack()
      giveBackAllowance(tokens: wanted, model: model, caller)
      throw error
    }
    let tokens = choices.reduce(0) { $0 + $1.tokens }
    let pace = pace(chat, observed.prompt, tokens: tokens / choices.count)
    call.update { observed in
      observed.status = 200
      observed.promptTokens = promptTokens
      observed.completionMarker = markers[0]
    }
    let isStream = chat.stream ?? false
    var facts = SuccessFacts(
      caller: caller,
      draws: draws,
      processing: isStream ? pace.firstToken : pace.total,
      rateLimits: rateLimits,
      ownLimits: ownLimits.headers,
      contentType: isStream ? "text/event-stream; charset=utf-8" : "application/json"
    )
    plan.spoil(&facts, call)
    return ChatAnswer(
      request: chat,
      model: model,
      draws: draws,
      choices: choices,
      usage: TokenUsage(promptTokens: promptTokens, completionTokens: tokens),
      pace: pace,
      startedAt: clock.now,
      facts: facts,
      plan: plan
    )
  }

  /// By the question alone: the same question on two keys waits equally long.
  private func pace(
    _ chat: ChatCompletionRequest,
    _ prompt: String,
    tokens: Int
  ) -> AnswerPace {
    let (speed, tokensPerPiece) = state.withLock {
      ($0.speed, $0.behaviour.behaviour.tokensPerPiece)
    }
    let pieces = tokensPerPiece.map { max(1, min(4_096, (tokens + $0 - 1) / $0)) }
    let question = chat.question ?? prompt
    return AnswerPace(
      speed: speed,
      pieces: pieces ?? chunksPerAnswer,
      generator: randomness.generator("pace/\(ContentDigest(question))")
    )
  }

  private func whole(_ answer: ChatAnswer, _ call: OngoingCall) async throws -> Response {
    try await wait(for: answer.pace.total, after: answer.startedAt, call)
    let completion = ChatCompletion(
      id: answer.draws.completionID,
      created: answer.startedAt.unixSeconds,
      model: answer.model.snapshot,
      choices: answer.choices.enumerated().map { index, choice in
        var written = ChatCompletion.Choice(
          index: index,
          message: .init(
            content: choice.text,
            refusal: choice.refusal,
            toolCalls: choice.calls.isEmpty ? nil : choice.calls
          ),
          finishReason: choice.finish
        )
        written.logProbabilities = choice.logProbabilities
        return written
      },
      usage: answer.usage,
      serviceTier: answer.request.answeredTier,
      systemFingerprint: answer.model.fingerprint
    )
    let tokens = answer.usage.completionTokens
    return whole(completion.json(additions), answer.facts, answer.plan, call) { observed in
      observed.completionTokens = tokens
    }
  }
}

/// The markers of the choices of one completion. With a seed they hang on the seed and the prompt
/// alone, so that the same seed gives the same text.
private struct Markers {
  private let first: String
  private let seed: UInt64

  init(
    _ chat: ChatCompletionRequest,
    _ draws: CallDraws,
    prompt: String,
    _ randomness: Randomness
  ) {
    if let chosen = chat.parameters.seed {
      var generator = randomness.generator("seed/\(chosen)/\(ContentDigest(prompt))")
      first = "cm-" + generator.hex(20)
    } else {
      first = draws.marker
    }
    seed = ContentDigest(first).value
  }

  subscript(_ choice: Int) -> String {
    guard choice > 0 else { return first }
    var generator = SeededGenerator(seed: seed &+ UInt64(choice))
    return "cm-" + generator.hex(20)
  }
}

extension ChatCompletionRequest {
  /// What an image, a sound or a file costs.
  private static let tokensPerAttachment = 85

  var promptTokens: Int {
    var tokens = TokenEstimate.count(messages: messages.map(\.content))
    for message in messages where message.attachments > 0 || !message.toolCalls.isEmpty {
      tokens += message.attachments * Self.tokensPerAttachment
      for call in message.toolCalls {
        tokens += 8 + TokenEstimate.count(call.name) + TokenEstimate.count(call.input)
      }
    }
    for offer in parameters.tools {
      tokens += 8 + TokenEstimate.count(offer.name)
      if let words = offer.description { tokens += TokenEstimate.count(words) }
      if let schema = offer.parameters {
        tokens += TokenEstimate.count(String(decoding: schema.json(), as: UTF8.self))
      }
    }
    return tokens
  }

  /// The longest answer that was asked for, as far as the model has room for one; nil where the
  /// request states none.
  func answerLimit(of model: OpenAIModel) -> Int? {
    (maxCompletionTokens ?? maxTokens).map { min($0, model.contextTokens) }
  }

  /// The last message of the user.
  var question: String? { messages.last { $0.role == .user }?.content }

  /// `auto` is answered with the tier that served.
  var answeredTier: String {
    guard let tier = parameters.serviceTier, tier != "auto" else { return "default" }
    return tier
  }

  /// - Throws: `Refusal` for what this model does not take.
  func checkFitness(for model: OpenAIModel) throws {
    guard case .chat(let reasons) = model.kind else { throw Refusal.notAChatModel }
    if reasons {
      guard maxTokens == nil else { throw Refusal.maxTokensUnsupported }
      guard !parameters.wantsLogProbabilities else { throw Refusal.unsupported("logprobs") }
    }
    if case .jsonObject = parameters.responseFormat {
      let namesIt = messages.contains { $0.content.lowercased().contains("json") }
      guard namesIt else { throw Refusal.jsonNotMentioned }
    }
  }
}
