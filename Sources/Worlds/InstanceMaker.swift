import Foundation

/// Fits out instances alike in every world: the wire below them differs, nothing else does.
struct InstanceMaker: Sendable {
  let settings: WorldSettings
  let clock: any WorldClock
  let randomness: Randomness
  let storage: InstanceStorage
  let ordinals: ExchangeOrdinals

  /// - Parameter wire: makes the world's own transport for a sender; what the harness observes and
  ///   what the story's faults do is put on top of it.
  func make<Wire: HTTPTransport>(
    _ name: String,
    storage given: URL?,
    wire: (Sender) -> Wire
  ) throws -> Instance {
    let sender = Sender(name: name)
    let directory = try given ?? storage.make(for: name)
    let transport = ObservedTransport(
      base: FaultyTransport(
        base: wire(sender),
        sender: name,
        clock: clock,
        randomness: randomness.scoped("network"),
        conditions: settings.conditions,
        ordinals: ordinals
      ),
      sender: name,
      clock: clock,
      observe: settings.observe
    )
    let counter = counter(of: name)
    return Instance(
      name: name,
      surroundings: Surroundings(
        clock: clock,
        randomness: randomness.scoped(name),
        transport: counter.map {
          CountedTransport(base: transport, sender: sender, counter: $0, clock: clock)
        } ?? transport,
        storage: directory,
        logger: settings.makeLogger(name, directory),
        touchStorage: { side in
          counter?.operation(side, at: clock.now)
          try sender.checkAlive()
        }
      ),
      sender: sender
    )
  }

  /// Of an instance whose operations the story wants counted.
  func counter(of name: String) -> OperationCounter? {
    settings.operations.flatMap { $0.instance == name ? $0 : nil }
  }
}
