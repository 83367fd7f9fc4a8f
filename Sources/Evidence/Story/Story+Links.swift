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
    var possible: [Int] = []
    for canary in call.promptCanaries {
      if let document = keptDocument(of: canary) {
        tenants.append(document.tenant)
      } else if let asking = messagesByQuestion[canary] {
        let asked = asked(asking, before: call)
        guard let newest = asked.last else { continue }
        let isOneTenant = asked.allSatisfy { messages[$0].of.tenant == messages[newest].of.tenant }
        if isOneTenant { tenants.append(messages[newest].of.tenant) }
        // A prompt carries earlier questions of its conversation too; the newest is its own.
        if possible.last.map({ $0 < newest }) ?? true { possible = asked }
      }
    }
    let answered = call.completionCanary.flatMap { repliesByCompletion[$0] } ?? []
    if possible.count > 1, let told = possible.last(where: answered.contains) { possible = [told] }
    // Nearly always one and the same, in which case there is nothing to sort.
    let isOne = tenants.allSatisfy { $0 == tenants[0] }
    calls[index].tenants = isOne ? Array(tenants.prefix(1)) : Set(tenants).sorted()
    calls[index].possibleMessages = possible
    calls[index].message = possible.last
    if let message = possible.last { messages[message].calls.append(index) }
  }

  /// Of messages with the same words those that a call can have been made for: asked by then, where
  /// customers asked alike those of the key's, and of these the ones that are neither answered nor
  /// refused. Words that a customer of the key's has asked, too, accuse nobody.
  private func asked(_ asking: [Int], before call: Event.ProviderCall) -> [Int] {
    let asked = asking.filter { messages[$0].sentAt <= call.arrivedAt }
    guard asked.count > 1 else { return asked }
    let ofKey = call.key.map { key in
      asked.filter { keys.wasSubmitted(key, by: messages[$0].of.tenant) }
    }
    let possible = ofKey.flatMap { $0.isEmpty ? nil : $0 } ?? asked
    let open = possible.filter { index in
      ending(of: messages[index]).map { $0.at >= call.arrivedAt } ?? true
    }
    return open.isEmpty ? Array(possible.suffix(1)) : open
  }
}
