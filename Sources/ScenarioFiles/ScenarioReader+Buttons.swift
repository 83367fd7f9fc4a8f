import Yams

extension ScenarioReader {
  func press(_ node: Node) -> Action.Press? {
    guard let fields = fields(.press, node) else { return nil }
    let person = fields.required("who").flatMap(self.person)
    let button = fields.required("button").flatMap { button in
      reporter.word(button, kind: "button", among: Action.Press.Button.allCases.map(\.rawValue))
    }.flatMap(Action.Press.Button.init(rawValue:))
    let times = fields["times"].map { reporter.integer($0, what: "'times'", in: 1...10) } ?? 1
    guard let person, let button, let times else { return nil }
    let asker = fields["whose"].map(self.person) ?? person
    guard let asker else { return nil }
    let conversation = fields["in"].flatMap {
      self.conversation($0, of: [person], who: fields["who"])
    }
    if let place = fields["in"], asker != person {
      _ = self.conversation(place, of: [asker], who: fields["whose"])
    } else if asker != person, fields["in"] == nil, let whose = fields["whose"] {
      reporter.error(
        "the buttons of '\(asker)' can be reached in a group alone: say which by 'in'",
        at: whose
      )
    }
    if [.like, .dislike].contains(button), let node = fields["button"],
      let platform = names?.person(person)?.platform, platform != .teams
    {
      reporter.error(
        "'\(button.rawValue)' is a button of teams, and '\(person)' is on \(platform.rawValue)",
        at: node
      )
    }
    let trick = fields["with"].map { self.trick($0, as: person) }
    if let trick, trick == nil { return nil }
    if trick != nil, let repeats = fields["times"] {
      reporter.error("an impostor presses once: 'times' has no meaning beside 'with'", at: repeats)
    }
    return Action.Press(
      button: button,
      person: person,
      asker: asker,
      conversation: conversation,
      times: times,
      trick: trick ?? nil
    )
  }

  /// A question that is asked again is answered like any; of a voice there is only whether it was
  /// taken.
  func refuseMisplaced(_ expectations: Node, of press: Action.Press) {
    for (key, _) in expectations.mapping ?? [:] {
      guard let word = key.string, Shape.expectations.keys.contains(word) else { continue }
      if (word == "accepted") == (press.button == .retry) {
        reporter.error(
          "'\(word)' cannot be expected of the button '\(press.button.rawValue)'",
          at: key
        )
      }
    }
  }
}
