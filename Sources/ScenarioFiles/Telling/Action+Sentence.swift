import Worlds

extension Action {
  /// What happens, in plain words.
  var sentence: String {
    switch self {
    case .ask(let ask): ask.sentence
    case .createKey(let tenant, let key): "\(tenant) makes the key '\(key)' at the provider"
    case .installKey(let tenant, let key):
      "\(tenant)'s administrator enters \(key.sentence) in the vendor's settings"
    case .removeKey(let tenant): "\(tenant)'s administrator takes the key out of the settings"
    case .deleteKey(let tenant, let key):
      "\(tenant) deletes \(key.map { "the key '\($0)'" } ?? "the installed key") at the provider"
    case .regenerateKey(let tenant, let slot): "\(tenant) gives azure-\(slot) a new value"
    case .changeSecret(let tenant, let key):
      "\(tenant) puts the key '\(key)' into the secret manager, past the vendor"
    case .inspect(let tenant):
      "an engineer of the vendor looks at \(tenant)'s deployment with every tool that there is"
    case .startSubscription(let tenant): "\(tenant) begins its subscription"
    case .cancelSubscription(let tenant): "\(tenant) cancels its subscription"
    case .movePerson(let person, let department): "\(person) moves to \(department)"
    case .setActive(let person, let isActive):
      isActive ? "\(person)'s account comes back" : "\(person)'s account is deactivated"
    case .setMember(let person, let conversation, let isMember):
      isMember ? "\(person) is added to \(conversation)" : "\(person) leaves \(conversation)"
    case .addDocument(_, let knowledge, let name, _): "'\(name)' is added to \(knowledge)"
    case .removeDocument(_, let knowledge, let name): "'\(name)' is removed from \(knowledge)"
    case .restartVendor(let pause, let replica):
      "\(Self.vendor(replica)) restarts, down for \(DurationText.text(pause))"
    case .crashVendor(let pause, let replica):
      "\(Self.vendor(replica)) crashes, down for \(DurationText.text(pause))"
    case .fault(let fault): fault.sentence
    case .impostor(let ask):
      "somebody presents themselves as \(ask.person) (\(ask.trick)) and asks \"\(ask.text)\""
    case .press(let press):
      (press.trick.map { "somebody presents themselves as \(press.person) (\($0)) and presses" }
        ?? "\(press.person) presses")
        + " '\(press.button.rawValue)' under the newest answer to \(press.asker)"
    case .deliverAgain(let person): "the platform delivers \(person)'s last message again"
    case .compareLatency(let comparison):
      "\(comparison.person) asks \(comparison.minimumPairs) to \(comparison.maximumPairs) pairs of "
        + "questions, on the customer's key and on the vendor's, one every "
        + DurationText.text(comparison.every)
        + (comparison.beside.map {
          "; beside, \($0.people.commaSeparated) ask every \(DurationText.text($0.every))"
        } ?? "")
    case .pause: "nothing happens"
    }
  }

  private static func vendor(_ replica: Int?) -> String {
    replica.map { "replica \($0) of the vendor" } ?? "the vendor"
  }
}

extension Action.Ask {
  fileprivate var sentence: String {
    let who = people.count == 1 ? "\(people[0]) asks" : "\(people.commaSeparated) ask by turns"
    let what =
      questions.count == 1 ? "\"\(questions[0])\"" : "one of \(questions.count) questions"
    let times = burst > 1 ? ", \(burst) at once" : ""
    return "\(who) \(what)\(times)" + (conversation.map { " in \($0)" } ?? "")
  }
}

extension Action.InstalledKey {
  fileprivate var sentence: String {
    switch self {
    case .named(let name): "the key '\(name)'"
    case .azure(let slot): "the present value of azure-\(slot)"
    case .neverIssued: "a key that the provider never issued"
    }
  }
}

extension FaultDescription {
  fileprivate var sentence: String {
    let what =
      switch kind {
      case .outage: "nothing gets through"
      case .slow(let delay): "everything takes \(DurationText.text(delay)) longer"
      case .disorder(let delay): "messages come up to \(DurationText.text(delay)) late"
      case .loss(let percent): "\(percent) in 100 requests vanish"
      case .duplication(let percent): "\(percent) in 100 requests arrive twice"
      case .reset(let percent): "\(percent) in 100 connections break"
      case .status(let status, _): "it answers \(status)"
      case .redirect(let host): "it redirects to \(host)"
      case .sealed: "it cannot open what it holds"
      case .refusing: "it denies whoever asks"
      }
    return
      "between the vendor and the \(place.rawValue), for \(DurationText.text(lasting)): \(what)"
  }
}

extension Expectation {
  /// As the file means it.
  var sentence: String {
    switch self {
    case .answer(let kind, let limit): "answer \(kind.rawValue) within \(DurationText.text(limit))"
    case .because(let reason): "the refusal says \(reason.rawValue)"
    case .drawsOn(let knowledge): "it draws on \(knowledge)"
    case .nothingFrom(let knowledge): "nothing of \(knowledge) is in it"
    case .accepted(let accepted): accepted ? "the vendor accepts it" : "the vendor refuses it"
    case .mentions(let text): "it says \"\(text)\""
    case .neverMentions(let text): "it does not say \"\(text)\""
    case .grows(let grows): grows ? "people see it grow" : "it comes whole"
    case .invoice(let tenant, let month, let cents):
      "the invoice of \(month) for \(tenant) comes to \(cents.words) cents"
    case .usage(let tenant, let key, let tokens):
      "\(tokens.words) tokens have run on \(tenant)'s key '\(key)'"
    case .waits(let waits):
      waits ? "people are told that it waits for a key" : "nobody is told to wait for a key"
    }
  }
}
