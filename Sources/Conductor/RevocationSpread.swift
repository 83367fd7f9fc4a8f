import Providers
import ScenarioFiles
import Worlds

/// The time that a provider takes until all of its machines know of the end of a key: in it calls
/// are accepted and refused by turns.
struct RevocationSpread: Sendable {
  private static let machines = 4

  let window: Duration
  let clock: any WorldClock

  /// Nil in a world whose providers know at once.
  init?(_ description: WorldDescription, clock: any WorldClock) {
    guard let window = description.revocationsSpreadWithin else { return nil }
    self.window = window
    self.clock = clock
  }

  /// When the last machine knows of a key that ends now.
  var until: Timestamp { clock.now + window }

  func apply(to providers: [OpenAIMock], _ azure: AzureOpenAIMock?) {
    let spread = RevocationPropagation.window(window, replicas: Self.machines)
    for provider in providers { provider.setRevocation(spread) }
    azure?.oldKeys = spread
  }
}
