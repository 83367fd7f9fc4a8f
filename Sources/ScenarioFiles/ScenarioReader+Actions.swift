import Worlds
import Yams

extension ScenarioReader {
  func action(_ word: ActionWord, _ node: Node) -> Action? {
    switch word {
    case .ask: ask(node).map(Action.ask)
    case .createKey, .installKey, .removeKey, .deleteKey: keyAction(word, node)
    case .regenerateKey: regenerateKey(node)
    case .changeSecret: changeSecret(node)
    case .startSubscription:
      fields(.startSubscription, node).flatMap(tenant).map { .startSubscription(tenant: $0) }
    case .cancelSubscription: cancelSubscription(node)
    case .inspect: fields(.inspect, node).flatMap(tenant).map { .inspect(tenant: $0) }
    case .move: move(node)
    case .deactivate, .reactivate, .join, .leave: setActive(word, node)
    case .addMember, .removeMember: setMember(word, node)
    case .addDocument, .changeDocument, .removeDocument: documentAction(word, node)
    case .restartVendor:
      downFor(word, node).map { .restartVendor(downFor: $0.pause, replica: $0.replica) }
    case .upgradeVendor: upgrade(node)
    case .crashVendor, .killVendor:
      downFor(word, node).map { .crashVendor(downFor: $0.pause, replica: $0.replica) }
    case .fault: fault(node).map(Action.fault)
    case .knock: knock(node)
    case .deliverAgain: deliverAgain(node)
    case .press: press(node).map(Action.press)
    case .compareLatency: compareLatency(node)
    case .pause: fields(.pause, node).map { _ in .pause }
    }
  }

  func fields(_ word: ActionWord, _ node: Node) -> Fields? {
    Fields(node, what: "'\(word.rawValue)'", shape: word.shape, reporter: reporter)
  }

  private func ask(_ node: Node) -> Action.Ask? {
    guard let fields = fields(.ask, node) else { return nil }
    let people = fields.required("who").map(self.people) ?? []
    if let who = fields["who"], who.sequence?.isEmpty == true {
      reporter.error("'who' names nobody", at: who)
    }
    let questions = self.questions(fields)
    let conversation = fields["in"].flatMap {
      self.conversation($0, of: people, who: fields["who"])
    }
    guard !people.isEmpty, let questions else { return nil }
    var ask = Action.Ask(
      people: people,
      questions: questions,
      conversation: conversation,
      marksQuestions: fields["from"] != nil
    )
    if let burst = fields["burst"] {
      ask.burst = reporter.integer(burst, what: "'burst'", in: 2...1_000) ?? 1
    }
    return ask
  }

  /// From `text` or from the file that `from` names.
  func questions(_ fields: Fields) -> [String]? {
    if let text = fields.entry("text"), fields["from"] != nil {
      reporter.error("\(fields.what) takes 'text' or 'from', not both", at: text.keyNode)
      return nil
    }
    if let text = fields["text"] {
      return reporter.text(text, what: "'text'").map { [$0] }
    }
    guard let from = fields["from"] else {
      reporter.error("\(fields.what) needs 'text' or 'from'", at: fields.node)
      return nil
    }
    guard let path = reporter.text(from, what: "'from'") else { return nil }
    do {
      return try library.questions(path)
    } catch {
      reporter.error(
        "'\(path.prefix(200))': \(error.message)",
        at: from,
        suggestion: library.path(meantBy: path)
      )
      return nil
    }
  }

  func person(_ node: Node) -> String? {
    guard let names else { return reporter.text(node, what: "a person") }
    return reporter.word(node, kind: "person", among: names.people)
  }

  private func people(_ node: Node) -> [String] {
    (reporter.list(node, what: "'who'") ?? []).compactMap(person)
  }

  /// Whether somebody is added to it in time is the whole timeline's to say.
  func conversation(_ node: Node, of people: [String], who: Node?) -> String? {
    guard let names else { return reporter.text(node, what: "'in'") }
    guard
      let id = reporter.word(node, kind: "conversation", among: names.conversations)
    else { return nil }
    for person in people {
      let ofTenant = names.tenant(ofPerson: person)?.conversations.first { $0.id == id }
      let isMember = ofTenant?.members.contains(person) == true
      if !isMember, !additions.contains("\(id)/\(person)") {
        let place = who.flatMap { $0.element(person) } ?? who ?? node
        reporter.error("'\(person)' is not a member of '\(id)'", at: place)
      }
    }
    return id
  }

  /// The tenant that an action names; the only one may stay unnamed.
  func tenant(_ fields: Fields) -> String? {
    guard let node = fields["tenant"] else {
      guard let names else { return "" }
      if names.tenants.count == 1 { return names.tenants[0] }
      let known = names.tenants.joined(separator: ", ")
      reporter.error("\(fields.what) needs 'tenant'; known: \(known)", at: fields.node)
      return nil
    }
    guard let names else { return reporter.text(node, what: "'tenant'") }
    return reporter.word(node, kind: "tenant", among: names.tenants)
  }

  private func cancelSubscription(_ node: Node) -> Action? {
    fields(.cancelSubscription, node).flatMap(tenant).map {
      .cancelSubscription(tenant: $0)
    }
  }

  private func move(_ node: Node) -> Action? {
    guard let fields = fields(.move, node) else { return nil }
    let person = fields.required("who").flatMap(self.person)
    guard let target = fields.required("to") else { return nil }
    guard let person else { return nil }
    guard let names else {
      return reporter.text(target, what: "'to'")
        .map { .movePerson(person: person, department: $0) }
    }
    let departments = names.tenant(ofPerson: person)?.departments.map(\.id) ?? []
    return reporter.word(target, kind: "department", among: departments)
      .map { .movePerson(person: person, department: $0) }
  }

  private func setActive(_ word: ActionWord, _ node: Node) -> Action? {
    fields(word, node)?.required("who").flatMap(self.person)
      .map { .setActive(person: $0, isActive: word == .reactivate || word == .join) }
  }

  private func setMember(_ word: ActionWord, _ node: Node) -> Action? {
    guard let fields = fields(word, node) else { return nil }
    let person = fields.required("who").flatMap(self.person)
    guard let place = fields.required("in"), let person else { return nil }
    guard let names else { return reporter.text(place, what: "'in'").map { _ in .pause } }
    let tenant = names.tenant(ofPerson: person)
    let known = tenant?.conversations ?? []
    guard let id = reporter.word(place, kind: "conversation", among: known.map(\.id)) else {
      return nil
    }
    if let home = names.person(person)?.platform,
      let platform = known.first(where: { $0.id == id })?.platform, home != platform
    {
      reporter.error(
        "'\(person)' is on \(home.rawValue), and '\(id)' is on \(platform.rawValue)",
        at: place
      )
    }
    return .setMember(person: person, conversation: id, isMember: word == .addMember)
  }

  private func documentAction(_ word: ActionWord, _ node: Node) -> Action? {
    guard let fields = fields(word, node) else { return nil }
    let tenant = self.tenant(fields)
    let knowledge = fields.required("knowledge").flatMap { node -> String? in
      guard names != nil, let tenant else { return reporter.text(node, what: "'knowledge'") }
      return reporter.word(node, kind: "knowledge base", among: self.knowledge(of: tenant))
    }
    let name = fields.requiredText("name")
    let text = word == .removeDocument ? "" : fields.requiredText("text")
    guard let tenant, let knowledge, let name, let text else { return nil }
    if word == .removeDocument {
      return .removeDocument(tenant: tenant, knowledge: knowledge, name: name)
    }
    return .addDocument(tenant: tenant, knowledge: knowledge, name: name, text: text)
  }

  func knowledge(of tenant: String) -> [String] {
    names?.tenant(tenant)?.knowledge.map(\.id) ?? []
  }

  private func downFor(_ word: ActionWord, _ node: Node) -> (pause: Duration, replica: Int?)? {
    guard let fields = fields(word, node) else { return nil }
    let pause = fields.required("down-for").flatMap { reporter.duration($0, what: "'down-for'") }
    guard let place = fields["replica"] else { return pause.map { ($0, nil) } }
    let replicas = names?.world.replicas ?? 1
    guard replicas > 1 else {
      reporter.error("'replica' wants a world with 'replicas'; here the vendor has one", at: place)
      return nil
    }
    guard let replica = reporter.integer(place, what: "'replica'", in: 1...replicas), let pause
    else { return nil }
    return (pause, replica)
  }

  private func deliverAgain(_ node: Node) -> Action? {
    fields(.deliverAgain, node)?.required("who").flatMap(self.person)
      .map { .deliverAgain(person: $0) }
  }
}
