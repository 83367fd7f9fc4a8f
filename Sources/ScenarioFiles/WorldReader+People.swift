import Yams

extension WorldReader {
  func people(_ node: Node, departments: [String]) -> [WorldDescription.Person] {
    (reporter.entries(of: node, what: "'people'") ?? []).compactMap { entry in
      guard let id = reporter.identifier(entry, kind: "person"),
        let fields = Fields(
          entry.value,
          what: "person '\(id)'",
          shape: .person,
          reporter: reporter
        )
      else { return nil }
      let name = fields.requiredText("name")
      let department = self.department(fields, departments: departments)
      let platform = fields.required("platform").flatMap(platform)
      // Known by id all the same, so that the places that name this person are not reported too.
      var person = WorldDescription.Person(
        id: id,
        name: name ?? id,
        department: department ?? "",
        platform: platform ?? .teams
      )
      person.isAbsent = fields["absent"].flatMap { reporter.boolean($0, what: "'absent'") } ?? false
      return person
    }
  }

  private func department(_ fields: Fields, departments: [String]) -> String? {
    let isGuest = fields["guest"].flatMap { reporter.boolean($0, what: "'guest'") } ?? false
    guard isGuest else {
      return fields.required("department").flatMap {
        reporter.word($0, kind: "department", among: departments)
      }
    }
    if let entry = fields.entry("department") {
      reporter.error("a guest has no department", at: entry.keyNode)
    }
    return WorldDescription.Department.guests
  }

  /// `{ knowledge: [...] }`: what guests may read.
  func guestKnowledge(_ node: Node, knowledge: [String]) -> [String] {
    let fields = Fields(node, what: "'guests'", shape: .guests, reporter: reporter)
    let nodes = fields?.required("knowledge").flatMap { reporter.list($0, what: "'knowledge'") }
    return (nodes ?? []).compactMap { reporter.word($0, kind: "knowledge base", among: knowledge) }
  }
}
