import ScenarioFiles
import Worlds

extension TimelineDrawer {
  private func present(of tenant: String) -> [WorldDescription.Person] {
    let people = self.tenant(tenant).people
    let present = people.filter { !inactive.contains($0.id) }
    return present.isEmpty ? people : present
  }

  mutating func ask(of tenant: String) {
    // Now and then somebody asks who has no account any more.
    let people = dice.chance(8) ? self.tenant(tenant).people : present(of: tenant)
    let person = dice.one(of: people)
    let places = self.tenant(tenant).conversations.filter { $0.members.contains(person.id) }
    let conversation = !places.isEmpty && dice.chance(30) ? dice.one(of: places).id : nil
    let text = dice.chance(4) ? dice.one(of: Texts.commands) : dice.one(of: Texts.questions)
    asked.append((person.id, conversation))
    var ask = Action.Ask(people: [person.id], questions: [text], conversation: conversation)
    guard dice.chance(22) else {
      if dice.chance(7) { ask.burst = dice.number(in: 2...5) }
      return add(.ask(ask))
    }
    // Several who ask by turns while other things happen.
    if conversation == nil {
      ask.people = dice.some(dice.number(in: 1...2), of: people.map(\.id))
      asked += ask.people.map { ($0, nil) }
    }
    let interval = dice.seconds(in: 5...40)
    let until = now + interval * dice.number(in: 3...6)
    steps.append(
      Step(line: 0, timing: .every(interval, from: now, until: until), action: .ask(ask))
    )
  }

  mutating func press() {
    guard !asked.isEmpty else { return }
    let (asker, conversation) = dice.one(of: asked)
    var person = asker
    if let conversation, dice.chance(30),
      let members = world.tenants.flatMap(\.conversations).first(where: { $0.id == conversation })
    {
      person = dice.one(of: members.members)
    }
    add(
      .press(
        .init(
          button: dice.one(of: [.retry, .retry, .helpful, .unhelpful]),
          person: person,
          asker: asker,
          conversation: conversation,
          times: dice.chance(25) ? 2 : 1
        )
      )
    )
  }

  mutating func knock(of tenant: String) {
    let person = dice.one(of: self.tenant(tenant).people)
    let tricks = ImpostorTricks.all.filter {
      person.platform == .teams || !ImpostorTricks.ofTeamsOnly.contains($0)
    }
    let trick = dice.one(of: tricks)
    add(
      .impostor(
        .init(person: person.id, trick: trick, text: dice.one(of: Texts.questions))
      )
    )
    if trick == "genuine", !inactive.contains(person.id) { asked.append((person.id, nil)) }
  }

  mutating func changePerson(of tenant: String) {
    let people = self.tenant(tenant).people
    let person = dice.one(of: people)
    if inactive.contains(person.id) {
      inactive.remove(person.id)
      return add(.setActive(person: person.id, isActive: true))
    }
    // Guests have no department that they could leave.
    if person.isGuest || dice.chance(35) {
      inactive.insert(person.id)
      return add(.setActive(person: person.id, isActive: false))
    }
    let next = departments[person.id] == "hr" ? "sales" : "hr"
    departments[person.id] = next
    add(.movePerson(person: person.id, department: next))
  }

  mutating func changeDocument(of tenant: String) {
    let base = dice.one(of: Texts.bases)
    let place = "\(tenant)/\(base)"
    let there = documents[place] ?? []
    if !there.isEmpty, dice.chance(35) {
      let name = dice.one(of: there)
      documents[place] = there.filter { $0 != name }
      return add(.removeDocument(tenant: tenant, knowledge: base, name: name))
    }
    let name = dice.one(of: Texts.newNames)
    documents[place] = there.filter { $0 != name } + [name]
    add(
      .addDocument(
        tenant: tenant,
        knowledge: base,
        name: name,
        text: Texts.newText(of: tenant, base, named: name)
      )
    )
  }
}
