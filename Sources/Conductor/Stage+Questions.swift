import Evidence
import Synchronization
import Worlds

/// By what a question is found again, in prompts and everywhere.
extension Stage {
  /// Whether a question is too short to be found again in a prompt. Commands are in none.
  static func isTooShort(_ question: String) -> Bool {
    question.utf8.count < SurfaceScanner.shortestValue && !question.hasPrefix("/")
  }

  /// The question with a reference that nobody can guess.
  func marked(_ question: String, of message: String) -> (text: String, canary: String) {
    var generator = randomness.generator("question/\(message)")
    let canary = Canary(
      id: "question/\(message)",
      kind: .question,
      value: CanarySearch.marker(.question, digits: generator.hex(CanarySearch.digitCount))
    )
    scanner.add(canary)
    return ("\(question) (ref \(canary.value))", canary.id)
  }

  /// The same words asked twice are one canary: who asked first names it.
  func knownQuestion(_ question: String, otherwise canary: String) -> String {
    questions.withLock { questions in
      if let known = questions[question] { return known }
      questions[question] = canary
      scanner.add(Canary(id: canary, kind: .question, value: question))
      return canary
    }
  }
}
