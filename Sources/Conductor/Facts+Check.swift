import Evidence
import ScenarioFiles
import Worlds

extension Facts.Check {
  /// Nil where the scenario has none.
  static func all(of scenario: Scenario) -> [Facts.Check]? {
    scenario.checks.isEmpty ? nil : scenario.checks.map { Facts.Check($0, in: scenario.world) }
  }

  /// As the evidence has it: keys by their full names, moments by the world's clock.
  init(_ check: ReviewerCheck, in world: WorldDescription) {
    func filters(_ filters: [ReviewerCheck.Filter]) -> [Filter] {
      filters.compactMap { filter in
        Word(rawValue: filter.word).map { word in
          Filter(word, word == .key ? Self.fullName(filter.value, filters, world) : filter.value)
        }
      }
    }
    self.init(
      id: check.id,
      about: check.about,
      // The names of both modules are held equal by a test.
      subject: Subject(rawValue: check.subject) ?? .messages,
      filters: filters(check.filters),
      claim: {
        switch check.claim {
        case .never: .never
        case .every(let terms): .every(filters(terms))
        case .count(let least, let most): .count(atLeast: least, atMost: most)
        case .sum(let least, let most): .sum(atLeast: least, atMost: most)
        }
      }(),
      from: check.from.map { world.startsAt + $0 },
      until: check.until.map { world.startsAt + $0 }
    )
  }

  /// A key belongs to the customer that stands beside it, or to the only one that there is.
  private static func fullName(
    _ key: String,
    _ beside: [ReviewerCheck.Filter],
    _ world: WorldDescription
  ) -> String {
    let tenant = beside.first { $0.word == Word.tenant.rawValue }?.value ?? world.tenants.first?.id
    return tenant.map { "\($0)/\(key)" } ?? key
  }
}
