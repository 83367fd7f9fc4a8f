import Secrets
import Worlds

extension Story {
  /// For each completion canary the messages that were answered with it.
  func repliesByCompletion() -> [String: [Int]] {
    var messages: [String: [Int]] = [:]
    for reply in replies {
      guard let message = reply.message else { continue }
      for canary in reply.of.completionCanaries { messages[canary, default: []].append(message) }
    }
    return messages
  }

  /// Finds the message that a call was made for, and whose traffic it is.
  mutating func link(callAt index: Int, _ repliesByCompletion: [String: [Int]]) {
    let call = calls[index].of
    var tenants: [String] = []
    var asked: [[Int]] = []
    for canary in call.promptCanaries {
      if let document = keptDocument(of: canary) {
        tenants.append(document.tenant)
      } else if let asking = messagesByQuestion[canary] {
        let messages = self.asked(asking, before: call)
        if !messages.isEmpty { asked.append(messages) }
      }
    }
    let answered = call.completionCanary.flatMap { repliesByCompletion[$0] } ?? []
    let possible = possibleMessages(asked, answered, before: call)
    tenants += asked.compactMap { tenant(of: $0, possible, before: call) }
    // Nearly always one and the same, in which case there is nothing to sort.
    let isOne = tenants.allSatisfy { $0 == tenants[0] }
    calls[index].tenants = isOne ? Array(tenants.prefix(1)) : Set(tenants).sorted()
    calls[index].possibleMessages = possible
    calls[index].message = possible.last
    if let message = possible.last { messages[message].calls.append(index) }
  }

  /// Of messages with the same words those that a call can have been made for: asked by then, and
  /// where customers asked alike those of the key's. Words that a customer of the key's has asked,
  /// too, accuse nobody.
  private func asked(_ asking: [Int], before call: Event.ProviderCall) -> [Int] {
    let asked = asking.filter { messages[$0].sentAt <= call.arrivedAt }
    guard asked.count > 1 else { return asked }
    let ofKey = call.key.map { key in
      asked.filter { keys.wasSubmitted(key, by: messages[$0].of.tenant) }
    }
    return ofKey.flatMap { $0.isEmpty ? nil : $0 } ?? asked
  }

  /// The message that a call was made for, or all that it may be. A prompt carries earlier
  /// questions of its conversation too: where there are conversations in which all of them were
  /// asked it is one of theirs, and of a conversation's questions the newest. Whom the completion
  /// was given to is known; else it is for somebody who is neither answered nor refused.
  ///
  /// - Parameter asked: for each question in the prompt the messages that asked it.
  private func possibleMessages(
    _ asked: [[Int]],
    _ answered: [Int],
    before call: Event.ProviderCall
  ) -> [Int] {
    let all = asked.joined()
    guard let newest = all.max() else { return [] }
    let conversation = messages[newest].of.conversation
    if asked.allSatisfy({ $0.count == 1 && messages[$0[0]].of.conversation == conversation }) {
      return [newest]
    }
    if let told = answered.first(where: all.contains) { return [told] }
    let places = asked.map { Set($0.map { messages[$0].of.conversation }) }
    let common = places.dropFirst().reduce(places[0]) { $0.intersection($1) }
    let covering = all.filter { common.contains(messages[$0].of.conversation) }
    let open = covering.filter { isOpen($0, at: call.arrivedAt) }
    if !open.isEmpty { return newestQuestions(of: open.sorted()) }
    let otherwise = all.filter { isOpen($0, at: call.arrivedAt) }
    guard let last = otherwise.max() else { return [covering.max() ?? newest] }
    return otherwise.filter { isAlike($0, last) }.sorted()
  }

  /// In each conversation the newest of these messages, and those in the same words.
  private func newestQuestions(of open: [Int]) -> [Int] {
    var newest: [String: Int] = [:]
    for message in open { newest[messages[message].of.conversation] = message }
    return open.filter { message in
      newest[messages[message].of.conversation].map { isAlike(message, $0) } ?? false
    }
  }

  private func isAlike(_ one: Int, _ other: Int) -> Bool {
    messages[one].of.questionCanary == messages[other].of.questionCanary
  }

  private func isOpen(_ message: Int, at moment: Timestamp) -> Bool {
    ending(of: messages[message]).map { $0.at >= moment } ?? true
  }

  /// Whose question it is that stands in a prompt: of who asked in the conversation that the call
  /// is for, else of who waits for an answer. Nil where customers asked alike.
  private func tenant(
    of asked: [Int],
    _ possible: [Int],
    before call: Event.ProviderCall
  ) -> String? {
    guard asked.count > 1 else { return asked.first.map { messages[$0].of.tenant } }
    let conversations = Set(possible.map { messages[$0].of.conversation })
    var sources = asked.filter { conversations.contains(messages[$0].of.conversation) }
    if sources.isEmpty { sources = asked.filter { isOpen($0, at: call.arrivedAt) } }
    if sources.isEmpty { sources = Array(asked.suffix(1)) }
    let tenants = sources.map { messages[$0].of.tenant }
    return tenants.allSatisfy { $0 == tenants[0] } ? tenants[0] : nil
  }
}
