import Wire
import Worlds

/// Decides what the model says: what the script has for the call, a tool where one must be called,
/// an instance of the form that was asked for, or the worst-case model's words.
struct AnswerComposer: Sendable {
  /// What the answers of one call may come to: tokens, those of likely alternatives included.
  static let budget = 500_000

  let chat: ChatCompletionRequest
  let model: OpenAIModel
  let prompt: String
  let draws: CallDraws
  let reply: ScriptedReply?

  /// - Throws: `Refusal` for more answers than the budget has room for, before they are made.
  func choices(_ marker: (Int) -> String) throws -> [ChatAnswer.Choice] {
    let weight = 1 + chat.parameters.topLogProbabilities
    var choices: [ChatAnswer.Choice] = []
    var spent = 0
    for index in 0..<chat.parameters.choices {
      let choice = choice(index, marker: marker(index))
      spent += choice.tokens * weight
      let left = chat.parameters.choices - index - 1
      guard spent + (index == 0 ? left * spent : 0) <= Self.budget else {
        throw Refusal.tooMuchAnswer(budget: Self.budget)
      }
      choices.append(choice)
    }
    return choices
  }

  private func choice(_ index: Int, marker: String) -> ChatAnswer.Choice {
    var choice = unbounded(index, marker: marker)
    if let text = choice.text { choice.text = cutAtStop(text) }
    choice.bound(tokens: min(chat.answerLimit(of: model) ?? .max, model.outputTokens))
    if chat.parameters.wantsLogProbabilities, let text = choice.text {
      choice.logProbabilities = LogProbabilities(
        alternatives: chat.parameters.topLogProbabilities
      ).tokens(of: text)
    }
    return choice
  }

  private func unbounded(_ index: Int, marker: String) -> ChatAnswer.Choice {
    if let reply { return scripted(reply, index, marker: marker) }
    let words = WorstCaseModel().answer(to: chat.messages, prompt: prompt, marker: marker)
    if let names = calledTools() {
      let calls = names.enumerated().map { number, offer in
        call(offer, number: index * ToolOffer.most + number, filledWith: words)
      }
      return ChatAnswer.Choice(calls: calls, finish: .toolCalls)
    }
    switch chat.parameters.responseFormat {
    case .text: return ChatAnswer.Choice(text: words, finish: .stop)
    case .jsonObject:
      let object = JSONValue.object([.init("answer", .string(words))])
      return ChatAnswer.Choice(text: object.compact, finish: .stop)
    case .jsonSchema(_, let schema, _):
      let instance = SchemaInstance(of: schema, filledWith: words).value
      return ChatAnswer.Choice(text: instance.compact, finish: .stop)
    }
  }

  /// The tools to call; nil when the model is to answer in words.
  private func calledTools() -> [ToolOffer]? {
    let offers = chat.parameters.tools
    guard !offers.isEmpty else { return nil }
    let instructed = instructedTools(among: offers)
    switch chat.parameters.toolChoice {
    case .never: return nil
    case .named(let name): return offers.filter { $0.name == name }.prefix(1).map(\.self)
    case .required: return instructed ?? Array(offers.prefix(1))
    case .allowed(let names, let isRequired):
      let allowed = offers.filter { names.contains($0.name) }
      if let chosen = instructedTools(among: allowed) { return chosen }
      return isRequired && !allowed.isEmpty ? Array(allowed.prefix(1)) : nil
    case .auto, nil: return instructed
    }
  }

  /// Those that the prompt instructs to call; none once a tool has answered the last question.
  private func instructedTools(among offers: [ToolOffer]) -> [ToolOffer]? {
    let lastQuestion = chat.messages.lastIndex { $0.role == .user } ?? 0
    guard !chat.messages[lastQuestion...].contains(where: { $0.role == .tool }) else { return nil }
    let names = PromptInstruction.calledTools(in: prompt)
    var called = names.compactMap { name in offers.first { $0.name == name } }
    if !chat.parameters.parallelToolCalls { called = Array(called.prefix(1)) }
    return called.isEmpty ? nil : called
  }

  private func call(_ offer: ToolOffer, number: Int, filledWith words: String) -> ToolCall {
    let input =
      switch offer.kind {
      case .custom: words
      case .function:
        SchemaInstance(
          of: offer.parameters ?? .emptyObject,
          filledWith: words,
          otherwise: "object"
        ).value.compact
      }
    return ToolCall(
      id: draws.toolCallID(number),
      kind: offer.kind,
      name: offer.name,
      input: input
    )
  }

  private func scripted(
    _ reply: ScriptedReply,
    _ index: Int,
    marker: String
  ) -> ChatAnswer.Choice {
    var calls = reply.calls.enumerated().map { number, call in
      ToolCall(
        id: draws.toolCallID(index * ToolOffer.most + number),
        name: call.name,
        input: call.arguments.compact
      )
    }
    if !chat.parameters.parallelToolCalls { calls = Array(calls.prefix(1)) }
    return ChatAnswer.Choice(
      text: reply.text.map { AnswerTemplate($0).filled(["marker": marker]) },
      refusal: reply.refusal,
      calls: calls,
      finish: reply.finishReason ?? (calls.isEmpty ? .stop : .toolCalls)
    )
  }

  private func cutAtStop(_ text: String) -> String {
    let ends = chat.parameters.stop.compactMap { text.firstRange(of: $0)?.lowerBound }
    guard let end = ends.min() else { return text }
    return String(text[..<end])
  }
}

extension JSONValue {
  /// As JSON text.
  fileprivate var compact: String { String(decoding: json(), as: UTF8.self) }
}

extension ChatAnswer.Choice {
  /// Cuts what the model says at so many tokens.
  fileprivate mutating func bound(tokens limit: Int) {
    tokens = countTokens()
    guard tokens > limit else { return }
    finish = .length
    if let text {
      self.text = TokenEstimate.prefix(of: text, tokens: limit)
    } else if let refusal {
      self.refusal = TokenEstimate.prefix(of: refusal, tokens: limit)
    }
    var room = max(0, limit - TokenEstimate.count(text ?? refusal ?? ""))
    for index in calls.indices {
      let input = TokenEstimate.prefix(of: calls[index].input, tokens: room)
      room -= TokenEstimate.count(input)
      calls[index].input = input
    }
    tokens = countTokens()
  }
}
