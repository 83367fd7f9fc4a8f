import Guarantees

extension ReportDocument {
  /// A question of the guide's, answered.
  struct Question: Encodable {
    var id: String
    var question: String
    /// The guide's own words that it comes from.
    var source: String
    /// Of the promises that answer it the worst; absent where none does, or none was put to the
    /// test.
    var verdict: Verdict?
    var answer: String
    /// The promises that answer it.
    var guarantees: [String]
    /// How many stories decided it.
    var scenarios: Int
    /// What those stories counted, summed up.
    var exercise: [Finding.Count]

    init(_ answer: BuyerAnswer) {
      id = answer.question.id
      question = answer.question.question
      source = answer.question.source
      verdict = answer.verdict
      self.answer = answer.sentence
      guarantees = answer.question.guarantees
      scenarios = answer.stories
      exercise = answer.counts
    }
  }
}
