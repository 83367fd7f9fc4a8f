import Foundation
import ScenarioFiles
import Worlds

/// One customer with two departments and eight people, half of them on each platform.
enum BenchmarkWorld {
  private static let people = ["ana", "ben", "carla", "dan", "eva", "finn", "gita", "hugo"]
  /// One question after the other, this far apart.
  private static let pace = Duration.milliseconds(250)

  /// Everybody asks by turns, in personal conversations, until `messages` were sent.
  static func steadyTraffic(messages: Int) -> Scenario {
    let questions = [
      "How many vacation days do I have?", "Who approves a business trip?",
      "What is the discount for a yearly contract?", "How do I report a sick day?",
      "Where do I find the price list?", "When are expenses paid out?",
    ]
    let ask = Action.Ask(people: people, questions: questions, marksQuestions: true)
    return Scenario(
      file: "benchmarks/steady-traffic.yaml",
      title: "Steady traffic",
      about: "People ask, one after the other, and nothing else happens.",
      shows: ["direct-billing"],
      family: "benchmarks",
      world: description,
      timeline: [
        Step(
          line: 1,
          timing: .every(pace, from: .zero, until: pace * messages),
          action: .ask(ask)
        )
      ]
    )
  }

  static var description: WorldDescription {
    WorldDescription(
      file: "benchmarks/world.yaml",
      title: "Two departments on two platforms",
      startsAt: Timestamp(unixSeconds: 1_767_600_000),
      tenants: [tenant],
      model: .init(
        firstToken: .milliseconds(200) ... .milliseconds(900),
        betweenTokens: .milliseconds(10) ... .milliseconds(40)
      )
    )
  }

  private static var tenant: WorldDescription.Tenant {
    .init(
      id: "acme",
      name: "Acme Docks",
      keyInstalled: true,
      departments: [
        .init(id: "hr", knowledge: ["handbook", "hr"]),
        .init(id: "sales", knowledge: ["handbook", "sales"]),
      ],
      people: people.enumerated().map { index, id in
        .init(
          id: id,
          name: id.capitalized,
          department: index < 4 ? "hr" : "sales",
          platform: index.isMultiple(of: 2) ? .teams : .googleChat
        )
      },
      conversations: [],
      knowledge: [
        .init(id: "handbook", documents: [vacations, expenses]),
        .init(id: "hr", documents: [sickness]),
        .init(id: "sales", documents: [prices]),
      ]
    )
  }

  private static let vacations = WorldDescription.Document(
    name: "vacations.md",
    text: """
      # Vacations

      Everybody has thirty days of vacation a year. Days that are left expire at the end of March.

      ## Asking for vacation

      Ask your manager two weeks ahead. The manager answers within three working days.
      """
  )

  private static let expenses = WorldDescription.Document(
    name: "expenses.md",
    text: """
      # Travel and expenses

      A business trip is approved by the head of the department before it is booked.

      ## Being paid back

      Expenses are paid out with the next salary, if the receipts arrive by the fifteenth.
      """
  )

  private static let sickness = WorldDescription.Document(
    name: "sickness.md",
    text: """
      # Sick days

      A sick day is entered in the personnel file by HR. From the fourth day a certificate is
      needed, which stays in the file for three years.
      """
  )

  private static let prices = WorldDescription.Document(
    name: "prices.md",
    text: """
      # Price list

      A berth costs 480 a month. A yearly contract has a discount of twelve percent, and the head
      of sales may grant three more.
      """
  )
}
