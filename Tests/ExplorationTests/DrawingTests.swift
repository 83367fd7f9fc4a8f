import ChatPlatforms
import Conductor
import Exploration
import Foundation
import Rogues
import ScenarioFiles
import Testing
import Worlds

@Suite struct DrawingTests {
  private let drawer = StoryDrawer(folder: "explored")

  @Test func theSameSeedIsTheSameStory() {
    for seed: UInt64 in 1...20 {
      let (first, second) = (drawer.draw(seed), drawer.draw(seed))
      #expect(first.scenario == second.scenario)
      #expect(first.options == second.options)
      #expect(first.scenario != drawer.draw(seed + 1).scenario)
    }
  }

  @Test func everyStoryReadsAsItWasDrawn() async throws {
    let trial = try await Bench.trial()
    for seed: UInt64 in 1...400 {
      let drawn = drawer.draw(seed)
      let read = try trial.written(drawn.scenario).scenario
      #expect(read.isSameStory(as: drawn.scenario), "seed \(seed)")
    }
  }

  /// Whatever can be drawn is drawn, now and then.
  @Test func nothingIsDrawnByWordAlone() {
    var said: Set<String> = []
    for seed: UInt64 in 1...2_000 { said.formUnion(drawer.draw(seed).options) }
    let text = said.joined(separator: "\n")
    for word in [
      "hybrid", "hosted", "self-hosted", "on azure", "with azure", "without a key", "streamed",
      "groups", "vault", "vault-transit", "aws", "azure-key-vault", "2 replicas",
      "questions a minute", "pair of documents", "pair of customer", "pair of key", "burst",
      "create-key", "install-key", "remove-key", "delete-key", "regenerate-key", "change-secret",
      "cancel-subscription", "inspect", "move", "reactivate", "deactivate", "add-document",
      "remove-document", "restart-vendor", "crash-vendor", "fault at the provider",
      "fault at the chat-platform", "fault at the directory", "fault at the secret-manager",
      "knock", "press", "deliver-again", "globex", "by contract", "waits",
      "tells",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test func faultsAtOnePlaceAreApart() {
    for seed: UInt64 in 1...500 {
      var ends: [FaultDescription.Place: Duration] = [:]
      for step in drawer.draw(seed).scenario.timeline {
        guard case .fault(let fault) = step.action else { continue }
        #expect(step.timing.begins > ends[fault.place] ?? .zero, "seed \(seed)")
        ends[fault.place] = step.timing.begins + fault.lasting
      }
    }
  }
}
