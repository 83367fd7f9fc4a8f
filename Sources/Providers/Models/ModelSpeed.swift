import Worlds

/// How fast a model answers. Each answer draws from these ranges.
package struct ModelSpeed: Sendable, Hashable {
  /// From the request to the first piece of the answer.
  package var firstToken: ClosedRange<Duration>
  /// Between one piece and the next.
  package var betweenTokens: ClosedRange<Duration>
  /// The whole of an embeddings call.
  package var embedding: ClosedRange<Duration>

  package init(
    firstToken: ClosedRange<Duration>,
    betweenTokens: ClosedRange<Duration>,
    embedding: ClosedRange<Duration> = .milliseconds(5)...(.milliseconds(20))
  ) {
    self.firstToken = firstToken
    self.betweenTokens = betweenTokens
    self.embedding = embedding
  }

  package static let instant = ModelSpeed(
    firstToken: .zero ... .zero,
    betweenTokens: .zero ... .zero,
    embedding: .zero ... .zero
  )
}

/// The delays of one answer, drawn before it begins.
struct AnswerPace: Sendable {
  let firstToken: Duration
  /// One less than the answer has pieces.
  let betweenTokens: [Duration]

  init(speed: ModelSpeed, pieces: Int, generator: SeededGenerator) {
    guard speed != .instant else {
      (firstToken, betweenTokens) = (.zero, Array(repeating: .zero, count: max(pieces, 1) - 1))
      return
    }
    var generator = generator
    firstToken = generator.duration(in: speed.firstToken)
    betweenTokens = (1..<max(pieces, 1)).map { _ in
      generator.duration(in: speed.betweenTokens)
    }
  }

  /// Before the piece with this number, which is not the first. A stream may have more pieces than
  /// were asked for, when it carries several calls.
  func delay(before piece: Int) -> Duration {
    guard let last = betweenTokens.last else { return .zero }
    return piece <= betweenTokens.count ? betweenTokens[piece - 1] : last
  }

  var total: Duration { betweenTokens.reduce(firstToken, +) }
}
