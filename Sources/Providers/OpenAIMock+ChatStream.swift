import Hummingbird
import NIOCore
import Wire
import Worlds

/// The streamed form of a chat completion.
extension OpenAIMock {
  /// The head goes out with the first token, as the provider does it: an error before that is
  /// an ordinary response.
  func stream(_ answer: ChatAnswer, _ call: OngoingCall) async throws -> Response {
    try await wait(for: answer.pace.firstToken, after: answer.startedAt, call)
    return Response(
      status: .ok,
      headers: answer.headers,
      body: ResponseBody { writer in
        try await self.write(answer, to: &writer, call)
        try await writer.finish(nil)
      }
    )
  }

  private func write(
    _ answer: ChatAnswer,
    to writer: inout any ResponseBodyWriter,
    _ call: OngoingCall
  ) async throws {
    let pieces = answer.text.pieces(chunksPerAnswer)
    var sent = answer.text.startIndex
    do {
      try await write(answer, pieces, sent: &sent, to: &writer, call)
    } catch {
      // Billed for what went out before the client was gone.
      let text = String(answer.text[..<sent])
      call.end(.cutOff) { $0.completionTokens = TokenEstimate.count(text) }
      throw error
    }
  }

  private func write(
    _ answer: ChatAnswer,
    _ pieces: [Substring],
    sent: inout String.Index,
    to writer: inout any ResponseBodyWriter,
    _ call: OngoingCall
  ) async throws {
    let encoder = ChatStreamEncoder(
      id: answer.draws.completionID,
      created: answer.startedAt.unixSeconds,
      model: answer.model.snapshot,
      options: answer.request.streamOptions
    )
    var delay = answer.pace.firstToken
    for (index, piece) in pieces.enumerated() {
      if index > 0 {
        delay += answer.pace.betweenTokens[index - 1]
        try await wait(for: delay, after: answer.startedAt, call)
      }
      if case .truncateStream(let limit) = call.fault, index >= limit {
        return truncate(answer.text[..<sent], call)
      }
      var bytes = index == 0 ? encoder.opening() : []
      bytes += encoder.text(String(piece))
      if index == pieces.count - 1 {
        if case .truncateStream = call.fault {
          try await writer.write(ByteBuffer(bytes: bytes))
          return truncate(answer.text[...], call)
        }
        bytes += encoder.finish(answer.finish)
        bytes += encoder.usage(answer.usage)
        bytes += ServerSentEvents.doneRecord
      }
      try await writer.write(ByteBuffer(bytes: bytes))
      sent = piece.endIndex
    }
    call.end(.completed) { $0.completionTokens = answer.usage.completionTokens }
  }

  private func truncate(_ sent: Substring, _ call: OngoingCall) {
    let text = String(sent)
    call.end(.cutOff) { observed in
      observed.completionTokens = TokenEstimate.count(text)
      observed.struckByFault = true
    }
  }
}
