import Hummingbird
import Wire
import Worlds

/// The streamed form of a chat completion.
extension InferenceService {
  /// The head goes out with the first token, as the provider does it: an error before that is
  /// an ordinary response.
  func stream(_ answer: ChatAnswer, _ call: OngoingCall) async throws -> Response {
    try await wait(for: answer.pace.firstToken, after: answer.startedAt, call)
    return Response(
      status: .ok,
      headers: headers(answer.facts),
      body: ResponseBody { writer in
        var pieces = AnswerWriter(writer, answer.plan, call, clock: self.clock)
        do {
          try await self.write(answer, to: &pieces, call)
        } catch is AnswerCut {
          // The fault wants an end that is clean for HTTP.
        }
        try await writer.finish(nil)
      }
    )
  }

  private func write(
    _ answer: ChatAnswer,
    to writer: inout AnswerWriter,
    _ call: OngoingCall
  ) async throws {
    let script = StreamScript(answer)
    do {
      try await write(answer, script, to: &writer, call)
    } catch {
      // Billed for what went out before the client was gone.
      let tokens = script.tokens(sent: writer.pieces)
      call.end(.cutOff) { $0.completionTokens = tokens }
      throw error
    }
    call.end(.completed) { $0.completionTokens = answer.usage.completionTokens }
  }

  private func write(
    _ answer: ChatAnswer,
    _ script: StreamScript,
    to writer: inout AnswerWriter,
    _ call: OngoingCall
  ) async throws {
    let encoder = ChatStreamEncoder(
      id: answer.draws.completionID,
      created: answer.startedAt.unixSeconds,
      model: answer.model.snapshot,
      options: answer.request.streamOptions,
      serviceTier: answer.request.answeredTier,
      systemFingerprint: answer.model.fingerprint,
      additions: additions
    )
    var delay = answer.pace.firstToken
    for index in 0..<script.pieces {
      if index > 0 {
        delay += answer.pace.delay(before: index)
        try await wait(for: delay, after: answer.startedAt, call)
      }
      var bytes = index == 0 ? script.opening(encoder) : []
      script.append(piece: index, encoder, to: &bytes)
      guard index == script.pieces - 1 else {
        try await writer.write(bytes)
        continue
      }
      let end = bytes.count
      for (number, choice) in answer.choices.enumerated() {
        bytes += encoder.finish(choice.finish, choice: number)
      }
      bytes += encoder.usage(answer.usage)
      bytes += ServerSentEvents.doneRecord
      try await writer.write(bytes, endingAt: end)
    }
  }
}

/// What a stream says, cut into its pieces: every piece has a part of every choice.
struct StreamScript {
  fileprivate struct Line {
    var words: [Substring]
    /// Of each call, its arguments in pieces.
    var calls: [(call: ToolCall, input: [Substring])]
    var logProbabilities: [TokenLogProbability]?
    var isRefusal: Bool
  }

  let pieces: Int
  private let lines: [Line]

  init(_ answer: ChatAnswer) {
    let wanted = answer.pace.betweenTokens.count + 1
    lines = answer.choices.map { choice in
      Line(
        words: (choice.text ?? choice.refusal).map { $0.pieces(wanted) } ?? [],
        calls: choice.calls.map { ($0, $0.input.pieces(max(1, wanted / choice.calls.count))) },
        logProbabilities: choice.logProbabilities,
        isRefusal: choice.text == nil && choice.refusal != nil
      )
    }
    pieces = max(
      1,
      lines.map { line in
        max(line.words.count, line.calls.reduce(0) { $0 + $1.input.count })
      }.max() ?? 1
    )
  }

  func opening(_ encoder: ChatStreamEncoder) -> [UInt8] {
    var bytes: [UInt8] = []
    for (number, line) in lines.enumerated() {
      bytes += encoder.opening(line.words.isEmpty ? line.calls.first?.call : nil, choice: number)
    }
    return bytes
  }

  func append(piece index: Int, _ encoder: ChatStreamEncoder, to bytes: inout [UInt8]) {
    for (number, line) in lines.enumerated() {
      if index < line.words.count {
        let text = String(line.words[index])
        if line.isRefusal {
          bytes += encoder.refusal(text, choice: number)
        } else {
          let range = line.probabilityRange(ofPiece: index)
          let probabilities = line.logProbabilities.map { Array($0[range]) }
          bytes += encoder.text(text, choice: number, logProbabilities: probabilities)
        }
      }
      var first = 0
      for (position, (call, input)) in line.calls.enumerated() {
        defer { first += input.count }
        guard index >= first, index < first + input.count else { continue }
        if index == first, position > 0 || !line.words.isEmpty {
          bytes += encoder.nextCall(call, at: position, choice: number)
        }
        let piece = String(input[index - first])
        bytes += encoder.input(piece, of: call, at: position, choice: number)
      }
    }
  }

  /// What the model had said in so many pieces.
  func tokens(sent pieces: Int) -> Int {
    lines.reduce(0) { sum, line in
      let words = line.words.prefix(pieces).joined()
      let input = line.calls.flatMap(\.input).prefix(pieces).joined()
      return sum + TokenEstimate.count(words) + TokenEstimate.count(input)
    }
  }
}

extension StreamScript.Line {
  /// The tokens that a piece carries: as evenly spread as the text is.
  fileprivate func probabilityRange(ofPiece index: Int) -> Range<Int> {
    let count = logProbabilities?.count ?? 0
    return (count * index / words.count)..<(count * (index + 1) / words.count)
  }
}
