import ScenarioFiles
import Synchronization

/// Keeps the words of replies where a story asks about words: evidence itself keeps none.
final class ReplyTexts: Sendable {
  private let lines: Set<String>
  private let texts = Mutex<[String: [String]]>([:])

  init(_ scenario: Scenario) {
    lines = Set(
      scenario.timeline.filter { $0.expectations.contains(where: \.isAboutWords) }
        .map { String($0.line) }
    )
  }

  var all: [String: [String]] {
    texts.withLock { $0 }
  }

  func add(_ text: String, to message: String) {
    guard !lines.isEmpty, lines.contains(String(message.prefix { $0 != "." })) else { return }
    texts.withLock { $0[message, default: []].append(text) }
  }
}

extension Scenario {
  /// Hosts to which the story's faults redirect.
  var redirectTargets: [String] {
    timeline.compactMap { step in
      if case .fault(let fault) = step.action, case .redirect(let host) = fault.kind {
        return host
      }
      return nil
    }
  }
}
