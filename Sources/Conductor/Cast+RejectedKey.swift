import ChatPlatforms
import Evidence
import Orchestrator
import ScenarioFiles
import Worlds

/// What a customer wants while its key is rejected: as the vendor is configured with it, and as the
/// checkers know it.
extension WorldDescription.RejectedKey {
  private var waitSeconds: Int? {
    waitsFor.map { max(1, Int(($0.nanoseconds + 999_999_999) / 1_000_000_000)) }
  }

  var fact: Facts.RejectedKey? {
    self == Self() ? nil : Facts.RejectedKey(waitSeconds: waitSeconds, tells: tells)
  }

  func product(_ population: ChatPopulation) -> OrchestratorConfiguration.RejectedKey {
    var settings = OrchestratorConfiguration.RejectedKey()
    if let waitSeconds {
      settings.messages = .wait
      settings.waitSeconds = waitSeconds
    }
    if let waitsAtMost { settings.waitingMessages = waitsAtMost }
    if let identity = tells.flatMap({ population.people[$0] }) {
      settings.contact =
        identity.person.platform == .teams
        ? .init(platform: .teams, person: identity.objectID)
        : .init(platform: .googleChat, person: identity.googleID)
    }
    return settings
  }
}
