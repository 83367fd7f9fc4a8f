import Hummingbird
import Synchronization
import Wire
import Worlds

/// A response that is being answered.
private struct ResponseAnswer: Sendable {
  let answer: ChatAnswer
  let object: ResponseObject
  let output: ResponseOutput
  let status: ResponseObject.Status

  /// The response as it ends.
  var value: JSONValue {
    object.value(status, output: output.values(status.rawValue), usage: answer.usage)
  }
}

extension InferenceService {
  /// The messages of a response's request with those that came before it.
  ///
  /// - Throws: `Refusal` for an earlier response that is not, or no longer, there.
  func conversation(
    _ request: ResponsesRequest,
    of projectID: String
  ) throws -> [ChatMessage] {
    guard let previous = request.previousResponseID else { return request.chat.messages }
    let stored = state.withLock { $0.responses.response(previous, of: projectID) }
    guard let stored else { throw Refusal.unknownPreviousResponse(previous) }
    return stored.messages + request.chat.messages
  }

  /// Answers `POST /v1/responses`, whole or as its sequence of events.
  ///
  /// - Throws: `Refusal`, or what ends the connection.
  func respond(
    to request: ResponsesRequest,
    model: OpenAIModel,
    for caller: InferenceCaller,
    limit: OwnLimit? = nil,
    _ plan: CallPlan,
    _ call: OngoingCall
  ) async throws -> Response {
    let conversation = try conversation(request, of: caller.projectID)
    var chat = request.chat
    chat.messages = conversation
    chat = chat.instructed(request.instructions)
    let prompt = chat.messages.map(\.content).joined(separator: "\n")
    call.update { $0.prompt = prompt }
    let answer = try prepare(chat, model: model, for: caller, limit: limit, plan, call)
    let choice = answer.choices[0]
    let prepared = ResponseAnswer(
      answer: answer,
      object: ResponseObject(
        id: answer.draws.responseID("resp_"),
        createdAt: answer.startedAt.unixSeconds,
        completedAt: (answer.startedAt + answer.pace.total).unixSeconds,
        model: model.snapshot,
        request: request
      ),
      output: ResponseOutput(choice, answer.draws),
      status: choice.finish == .length ? .incomplete : .completed
    )
    let stored = StoredResponse(
      id: prepared.object.id,
      projectID: caller.projectID,
      body: prepared.value.json(),
      inputItems: request.items,
      messages: conversation + [choice.message]
    )
    guard chat.stream ?? false else {
      try await wait(for: answer.pace.total, after: answer.startedAt, call)
      keep(stored, request)
      let tokens = answer.usage.completionTokens
      return whole(stored.body, answer.facts, plan, call) { $0.completionTokens = tokens }
    }
    try await wait(for: answer.pace.firstToken, after: answer.startedAt, call)
    return stream(prepared, storing: stored, call)
  }

  private func keep(_ response: StoredResponse, _ request: ResponsesRequest) {
    guard request.store else { return }
    state.withLock { $0.responses.keep(response) }
  }

  private func stream(
    _ prepared: ResponseAnswer,
    storing stored: StoredResponse,
    _ call: OngoingCall
  ) -> Response {
    Response(
      status: .ok,
      headers: headers(prepared.answer.facts),
      body: ResponseBody { writer in
        var pieces = AnswerWriter(writer, prepared.answer.plan, call, clock: self.clock)
        var sent = ""
        do {
          try await self.write(prepared, to: &pieces, sent: &sent, call)
          self.keep(stored, prepared.object.request)
          call.end(.completed) { $0.completionTokens = prepared.answer.usage.completionTokens }
        } catch {
          // Billed for what went out before the client was gone.
          let tokens = TokenEstimate.count(sent)
          call.end(.cutOff) { $0.completionTokens = tokens }
          guard error is AnswerCut else { throw error }
        }
        try await writer.finish(nil)
      }
    )
  }

  private func write(
    _ prepared: ResponseAnswer,
    to writer: inout AnswerWriter,
    sent: inout String,
    _ call: OngoingCall
  ) async throws {
    let answer = prepared.answer
    let output = prepared.output
    var events = ResponseEvents(
      prepared.object,
      output,
      usage: answer.usage,
      status: prepared.status
    )
    let share = max(1, (answer.pace.betweenTokens.count + 1) / max(1, output.items.count))
    var bytes = events.opening()
    var delay = answer.pace.firstToken
    var number = 0
    for (index, item) in output.items.enumerated() {
      let pieces = item.text.pieces(share)
      bytes += events.begin(index)
      for (position, piece) in pieces.enumerated() {
        if number > 0 {
          delay += answer.pace.delay(before: number)
          try await wait(for: delay, after: answer.startedAt, call)
        }
        number += 1
        bytes += events.piece(String(piece), of: index)
        let isLast = position == pieces.count - 1
        if isLast, index == output.items.count - 1 { break }
        if isLast { bytes += events.end(index) }
        try await writer.write(bytes)
        sent += piece
        bytes = []
      }
    }
    let ending = bytes.count
    if !output.items.isEmpty { bytes += events.end(output.items.count - 1) }
    bytes += events.closing()
    try await writer.write(bytes, endingAt: ending)
  }
}

extension ChatAnswer.Choice {
  /// As a later request of the same conversation holds it.
  fileprivate var message: ChatMessage {
    var message = ChatMessage(role: .assistant, content: text ?? refusal ?? "")
    message.toolCalls = calls
    return message
  }
}
