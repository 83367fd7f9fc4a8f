import Guarantees

struct AnswerView {
  var answerID: ShownText
  var answerQuestion: ShownText
  var answerSource: ShownText
  var answerStyle: ShownText
  var answerSymbol: ShownText
  var answerWord: ShownText
  var answerSentence: ShownText
  var answerProof: ShownText
  var answerLinks: [ShownText]
}

extension ReportPage {
  /// As many numbers as fit on the sheet.
  private static let shownCounts = 3

  var answers: [AnswerView] {
    let judged = Set(digest.run.guarantees.map(\.guarantee))
    return digest.answers.map { answer in
      let look = Self.look(answer)
      return AnswerView(
        answerID: ShownText(answer.question.id),
        answerQuestion: ShownText(answer.question.question),
        answerSource: ShownText(answer.question.source),
        answerStyle: ShownText(look.style),
        answerSymbol: ShownText(look.symbol),
        answerWord: ShownText(look.word),
        answerSentence: ShownText(answer.sentence, limit: 260),
        answerProof: ShownText(Self.proof(answer)),
        answerLinks: answer.question.guarantees.filter(judged.contains).map { ShownText($0) }
      )
    }
  }

  private static func look(_ answer: BuyerAnswer) -> (style: String, symbol: String, word: String) {
    if let verdict = answer.verdict { return (verdict.rawValue, verdict.symbol, verdict.word) }
    return answer.wasLeftOut ? ("quiet", "○", "not run") : ("quiet", "●", "a limit")
  }

  private static func proof(_ answer: BuyerAnswer) -> String {
    var parts: [String] = []
    if answer.stories > 0 { parts.append(Words.count(answer.stories, "story", "stories")) }
    parts += answer.counts.prefix(shownCounts).map { "\(Words.grouped($0.count)) \($0.name)" }
    return parts.isEmpty ? "none" : parts.joined(separator: "; ")
  }
}
