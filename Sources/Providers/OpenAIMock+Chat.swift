import HTTPTypes
import Hummingbird
import NIOCore
import Wire
import Worlds

/// A chat completion that was admitted, with the answer that it is going to get.
struct ChatAnswer: Sendable {
  let request: ChatCompletionRequest
  let model: OpenAIModel
  let draws: CallDraws
  let text: String
  let finish: FinishReason
  let usage: TokenUsage
  let pace: AnswerPace
  let startedAt: Timestamp
  let headers: HTTPFields
}

/// `POST /v1/chat/completions`.
extension OpenAIMock {
  @Sendable
  func completeChat(_ request: Request, _ call: OngoingCall) async throws -> Response {
    let body = try await readBody(request, call)
    let parsed = Result { try ChatCompletionRequest(json: body) }
    if case .success(let chat) = parsed {
      let prompt = chat.messages.map(\.content).joined(separator: "\n")
      call.update { observed in
        observed.model = chat.model
        observed.streamed = chat.stream ?? false
        observed.prompt = prompt
      }
    }
    let key = try checkStanding(call)
    let chat: ChatCompletionRequest
    do { chat = try parsed.get() } catch { throw Refusal.parsing(error) }
    let answer = try prepare(chat, key: key, call: call)
    return try await chat.stream ?? false ? stream(answer, call) : whole(answer, call)
  }

  /// Decides the answer, and everything about its pace, before the first delay.
  private func prepare(
    _ chat: ChatCompletionRequest,
    key: ProviderAccounts.Key,
    call: OngoingCall
  ) throws -> ChatAnswer {
    let model = try chatModel(for: chat)
    let promptTokens = TokenEstimate.count(messages: chat.messages.map(\.content))
    guard promptTokens <= model.contextTokens else {
      throw Refusal.tooLong(
        tokens: promptTokens,
        limit: model.contextTokens,
        param: "messages"
      )
    }
    let observed = call.observed
    let draws = draws(for: observed)
    var text = WorstCaseModel().answer(
      to: chat.messages,
      prompt: observed.prompt,
      marker: draws.marker
    )
    var tokens = TokenEstimate.count(text)
    var finish = FinishReason.stop
    if let limit = chat.maxCompletionTokens ?? chat.maxTokens, tokens > limit {
      text = TokenEstimate.prefix(of: text, tokens: limit)
      tokens = TokenEstimate.count(text)
      finish = .length
    }
    // By the question alone: the same question on two keys waits equally long.
    let question = chat.messages.last { $0.role == .user }?.content ?? observed.prompt
    let pace = AnswerPace(
      speed: speed,
      pieces: chunksPerAnswer,
      generator: randomness.generator("pace/\(ContentDigest(question))")
    )
    call.update { observed in
      observed.status = 200
      observed.promptTokens = promptTokens
      observed.completionMarker = draws.marker
    }
    let isStream = chat.stream ?? false
    return ChatAnswer(
      request: chat,
      model: model,
      draws: draws,
      text: text,
      finish: finish,
      usage: TokenUsage(promptTokens: promptTokens, completionTokens: tokens),
      pace: pace,
      startedAt: clock.now,
      headers: headers(
        for: key,
        draws: draws,
        delay: isStream ? pace.firstToken : pace.total,
        tokens: promptTokens,
        contentType: isStream ? "text/event-stream; charset=utf-8" : "application/json"
      )
    )
  }

  private func chatModel(for chat: ChatCompletionRequest) throws -> OpenAIModel {
    guard let model = models.first(where: { $0.id == chat.model || $0.snapshot == chat.model })
    else { throw Refusal.unknownModel(chat.model) }
    guard case .chat(let reasons) = model.kind else { throw Refusal.notAChatModel }
    guard !reasons || chat.maxTokens == nil else { throw Refusal.maxTokensUnsupported }
    return model
  }

  private func whole(_ answer: ChatAnswer, _ call: OngoingCall) async throws -> Response {
    try await wait(for: answer.pace.total, after: answer.startedAt, call)
    let completion = ChatCompletion(
      id: answer.draws.completionID,
      created: answer.startedAt.unixSeconds,
      model: answer.model.snapshot,
      choices: [
        .init(
          index: 0,
          message: .init(content: answer.text),
          finishReason: answer.finish
        )
      ],
      usage: answer.usage
    )
    return response(completion.json(), headers: answer.headers, call) { observed in
      observed.completionTokens = answer.usage.completionTokens
    }
  }

  /// A 200 whose call ends when its body is written.
  func response(
    _ body: [UInt8],
    headers: HTTPFields,
    _ call: OngoingCall,
    _ change: @escaping @Sendable (inout ObservedCall) -> Void
  ) -> Response {
    let buffer = ByteBuffer(bytes: body)
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody(contentLength: buffer.readableBytes) { writer in
        do {
          try await writer.write(buffer)
        } catch {
          call.end(.cutOff)
          throw error
        }
        call.end(.completed, change)
        try await writer.finish(nil)
      }
    )
  }

  /// Waits until `delay` after `start`, so that lateness does not add up over an answer.
  func wait(for delay: Duration, after start: Timestamp, _ call: OngoingCall) async throws {
    call.update { $0.upstreamDelay = delay }
    if delay > .zero { try await clock.sleep(until: start + delay) }
    try Task.checkCancellation()
  }
}

extension Refusal {
  /// What a body that is no request of this kind gets.
  static func parsing(_ error: any Error) -> Refusal {
    Refusal(error as? RequestFault ?? .notJSON)
  }
}
