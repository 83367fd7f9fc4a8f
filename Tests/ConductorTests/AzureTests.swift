import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// A customer that runs its models in a resource of its own.
@Suite(.serialized) struct AzureTests {
  static let files = [
    "azure/ordinary-day.yaml", "azure/rotation-over-both-keys.yaml",
    "azure/regenerated-without-a-successor.yaml", "azure/from-openai-and-back.yaml",
  ]

  @Test(.timeLimit(.minutes(2)), arguments: [WorldKind.simulated, .loopback], files)
  func theHonestVendorHoldsWhatAFileShows(world: WorldKind, file: String) async throws {
    let scenario = try Bench.scenario(file)
    let history = try await Bench.play(file, in: world)
    let held = history.findings(.held)
    for guarantee in scenario.shows {
      #expect(held[guarantee] != nil, "\(guarantee)")
    }
    #expect(history.findings(.violated).isEmpty)
    #expect(history.unmetExpectations.isEmpty)
  }

  @Test func bothProvidersStandInOneOrder() async throws {
    let story = Story(try await Bench.play("azure/from-openai-and-back.yaml"))
    let orders = story.calls.map(\.of.order)
    #expect(Set(orders).count == orders.count)
    let hosts = Set(story.calls.map(\.of.host))
    #expect(hosts == ["api.openai.com", "acme-openai.openai.azure.com"])
    let inOrder = story.calls.sorted { $0.of.order < $1.of.order }.map(\.of.authenticatedAt)
    #expect(inOrder == inOrder.sorted())
    #expect(story.keys.rotations.count == 2)
    #expect(Set(story.ledger.map(\.of.project)).count == 2)
  }

  @Test func eachValueOfAKeyHasANameOfItsOwn() async throws {
    let story = Story(try await Bench.play("azure/rotation-over-both-keys.yaml"))
    let names = Set(story.keys.keys.values.map(\.created.of.name))
    #expect(
      names == [
        "vendor/own", "acme/azure-1", "acme/azure-1, value 2", "acme/azure-2",
        "acme/azure-2, value 2",
      ]
    )
    #expect(
      story.keys.rotations.map { story.keys.name(of: $0.old) } == [
        "acme/azure-1", "acme/azure-2",
      ]
    )
  }

  @Test func theSameSeedGivesTheSameEvidence() async throws {
    let first = try await Bench.play("azure/ordinary-day.yaml", seed: 5)
    let second = try await Bench.play("azure/ordinary-day.yaml", seed: 5)
    #expect(first == second)
  }
}
