import Evidence
import Worlds

extension Story {
  /// The customers for whom a call was made: by the canaries in its prompt, else by its key, else
  /// the only one that there is.
  func customers(of call: Call) -> [String] {
    if !call.tenants.isEmpty { return call.tenants }
    if let key = call.of.key {
      let submitters = keys.submitters(of: key)
      if !submitters.isEmpty { return submitters }
      if case .tenant(let owner)? = keys.owner(of: key) { return [owner] }
    }
    return facts.tenants.count == 1 ? facts.tenants.map(\.id) : []
  }

  func permission(of call: Call, for tenant: String) -> KeyRegister.Permission? {
    guard let key = call.of.key else { return nil }
    return keys.permission(
      of: key,
      for: tenant,
      order: call.of.order,
      arrivedAt: call.of.arrivedAt
    )
  }

  /// Whether the call tries out what an administrator has submitted: it carries nobody's texts, and
  /// lies between the submission and its answer.
  func isTrial(_ call: Call) -> Bool {
    guard call.tenants.isEmpty else { return false }
    return keys.actions.contains {
      ($0.of.verb == .installKey || $0.of.verb == .checkKey) && $0.of.key == call.of.key
        && $0.of.submittedAt < $0.at && $0.of.submittedAt <= call.of.arrivedAt
        && call.of.arrivedAt <= $0.at + KeyRegister.transit
    }
  }

  /// Whether the call asks if a key works again that was refused the last time, a minute ago or
  /// longer: it carries nobody's texts.
  func isProbe(_ call: Call) -> Bool {
    guard call.tenants.isEmpty else { return false }
    let last = calls.last { $0.of.key == call.of.key && $0.of.order < call.of.order }
    guard let last, last.of.status == 401 || last.of.status == 403 else { return false }
    return call.of.arrivedAt - last.of.arrivedAt >= .seconds(60)
  }

  /// What an answer rests on.
  enum Footing: Equatable {
    /// A successful call on a key that its customer's administrator had installed, made for the
    /// very message that it answers.
    case permitted
    /// A call that was made for something else: an answer from a store.
    case madeForAnother(call: Int)
    case forbidden(call: Int, KeyRegister.Permission)
    case nothing
  }

  func footing(of reply: Reply) -> Footing {
    var worse = Footing.nothing
    for canary in reply.of.completionCanaries {
      guard let call = call(completing: canary) else { continue }
      let permission = permission(of: call, for: reply.of.tenant) ?? .notInstalled
      if !wasMade(call, for: reply) {
        if worse == .nothing { worse = .madeForAnother(call: call.event) }
      } else if permission != .permitted || !call.of.succeeded {
        worse = .forbidden(call: call.event, permission)
      } else {
        return .permitted
      }
    }
    return worse
  }

  /// A reply that names no message is taken for one to any message of its conversation.
  private func wasMade(_ call: Call, for reply: Reply) -> Bool {
    if let message = reply.message { return was(call, madeFor: messages[message]) }
    return call.message.map { messages[$0].of.conversation == reply.of.conversation } ?? false
  }

  func wording(_ permission: KeyRegister.Permission) -> String {
    switch permission {
    case .permitted: "installed by the administrator"
    case .notInstalled: "which its administrator never installed"
    case .removed: "which its administrator had removed"
    case .ended: "which the provider no longer took"
    }
  }
}

extension Event.ProviderCall {
  /// Whether the answer told the vendor that the key is no longer taken.
  var saysKeyIsDead: Bool { status == 401 }
}
