import Evidence
import Worlds

/// What the two promises about revocation share: which revocations a story really puts to the
/// test, and which answers have no permitted call behind them.
struct Revocations {
  let story: Story
  /// Revocations of keys that had served before, and after which somebody asked.
  private(set) var tested: [KeyRegister.Revocation] = []
  private(set) var callsBefore = 0
  private(set) var callsAfter = 0
  /// Of these, the ones that some machine of the provider still took within its own window.
  private(set) var takenLate = 0
  /// Messages that were sent while a customer had no key, by revocation.
  private(set) var asked: [(revocation: KeyRegister.Revocation, messages: [Story.Message])] = []

  init(_ story: Story) {
    self.story = story
    for revocation in story.keys.revocations {
      let before = story.calls.count {
        $0.of.key == revocation.key && $0.of.succeeded && $0.of.order <= revocation.afterOrder
      }
      let messages = story.messages.filter {
        $0.of.tenant == revocation.tenant && $0.isGenuine && revocation.contains($0.sentAt)
          && story.person($0.of.person) != nil
      }
      callsBefore += before
      // A key that is installed again may be used again.
      let after = story.calls.filter {
        $0.of.key == revocation.key && $0.of.order > revocation.afterOrder
          && revocation.contains($0.of.arrivedAt)
      }
      callsAfter += after.count
      takenLate += after.count { call in
        call.of.succeeded
          && story.customers(of: call).allSatisfy {
            story.permission(of: call, for: $0) == .permitted
          }
      }
      asked.append((revocation, messages))
      if before > 0, !messages.isEmpty { tested.append(revocation) }
    }
  }

  var exercise: [Finding.Count] {
    [
      Finding.Count("keys ended or removed while in use", tested.count),
      Finding.Count("successful calls before", callsBefore),
      Finding.Count("messages asked afterwards", messagesAsked),
      Finding.Count("calls with the ended key afterwards", callsAfter),
    ]
  }

  var refused: Int { callsAfter - takenLate }

  /// What the provider did within its own window, for the end of a sentence.
  var aside: String {
    takenLate == 0
      ? ""
      : " \(takenLate.of("call")) more came through within the provider's own window, and "
        + "\(takenLate == 1 ? "is" : "are") the provider's."
  }

  var messagesAsked: Int { asked.reduce(0) { $0 + $1.messages.count } }

  /// Why nothing can be told; nil when it can.
  var missing: String? {
    if !tested.isEmpty { return nil }
    if story.keys.revocations.isEmpty {
      return "No key was deleted or removed while it was in use."
    }
    if callsBefore == 0 { return "The key that ended had never served a call before." }
    return "Nobody asked anything after the key had ended."
  }

  /// Answers that reached people while their company had no key, and rest on no call that was
  /// permitted: from a store, or from a call that should not have been.
  func addUnfoundedAnswers(to breaches: inout Breaches) {
    for reply in story.replies where reply.of.nature == .answer {
      guard story.keys.revocation(of: reply.of.tenant, at: reply.at) != nil else { continue }
      let told = "An answer reached \(reply.of.tenant) after its key had ended, "
      switch story.footing(of: reply) {
      case .permitted: continue
      case .madeForAnother(let call):
        breaches.add(
          told + "from a call that had been made for another message.",
          events: [call, reply.event],
          weight: 2
        )
      case .forbidden(let call, let permission):
        breaches.add(
          told + "from a call on a key \(story.wording(permission)).",
          events: [call, reply.event],
          weight: 3
        )
      case .nothing:
        breaches.add(
          told + "and no call to the model stands behind it.",
          events: [reply.event],
          weight: 2
        )
      }
    }
  }
}
