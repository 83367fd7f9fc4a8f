import Evidence
import Foundation
import Orchestrator
import Rogues
import Secrets
import Synchronization
import Worlds

/// Starts the vendor, and stops, crashes and restarts it as the story wants.
final class VendorLife: Sendable {
  static let instanceName = "vendor"
  /// What an orderly stop gives to what is under way, as the product's own server does.
  private static let drainLimit = Duration.seconds(20)

  private enum Command: Sendable {
    case restart(downFor: Duration)
    case crash(downFor: Duration)
    /// That instance has crashed already, in the middle of what it did.
    case struck(Instance, downFor: Duration)
    case finish
  }

  private enum Ending: Sendable {
    case commanded(Command)
    case exited
  }

  /// What a life begins with, the same for every replica.
  struct Upbringing: Sendable {
    let vendor: Vendor
    let cast: Cast
    let ownKey: Secret
    let standbyKeys: [String: Secret]
    let world: any World
    let recorder: Recorder
    var process: ProcessVendor?
  }

  private let vendor: Vendor
  private let cast: Cast
  private let ownKey: Secret
  private let standbyKeys: [String: Secret]
  private let world: any World
  private let recorder: Recorder
  private let process: ProcessVendor?
  private let place: ReplicaPlace?
  private let commands: AsyncStream<Command>
  private let input: AsyncStream<Command>.Continuation
  private let storages = Mutex<[URL]>([])

  /// - Parameter place: among several on one storage; nil for a vendor of one process.
  init(_ upbringing: Upbringing, at place: ReplicaPlace? = nil) {
    vendor = upbringing.vendor
    cast = upbringing.cast
    ownKey = upbringing.ownKey
    standbyKeys = upbringing.standbyKeys
    world = upbringing.world
    recorder = upbringing.recorder
    process = upbringing.process
    self.place = place
    (commands, input) = AsyncStream<Command>.makeStream()
  }

  /// Whether an instance of this name is the vendor's, whichever replica.
  static func isVendor(_ name: String) -> Bool {
    name == instanceName || name.hasPrefix("\(instanceName)-")
  }

  private var name: String {
    guard let place, place.number > 1 else { return Self.instanceName }
    return "\(Self.instanceName)-\(place.number)"
  }

  /// Every directory that an instance has had, the present one last.
  var allStorage: [URL] {
    storages.withLock { $0 }
  }

  func restart(downFor duration: Duration) {
    input.yield(.restart(downFor: duration))
  }

  func crash(downFor duration: Duration) {
    input.yield(.crash(downFor: duration))
  }

  /// Crashes the vendor here and now, in the middle of whatever it does; to be called by the very
  /// operation that it falls at.
  func strike(downFor duration: Duration) {
    guard let instance = present.withLock({ $0 }) else { return }
    crashNow(instance)
    input.yield(.struck(instance, downFor: duration))
  }

  private func crashNow(_ instance: Instance) {
    place?.balancer.set(nil, of: place?.number ?? 1)
    // Before anything is cancelled: `defer` and `catch` of the old instance run into the void.
    let copy = try? world.crash(instance)
    crashCopy.withLock { $0 = copy }
    crashed.withLock { $0 = instance }
    recorder.record(.vendor(.crashed))
  }

  func finish() {
    input.yield(.finish)
  }

  /// Runs life after life until `finish`.
  ///
  /// - Throws: `ConductorError.vendorDidNotStart`, or what the world throws.
  func run() async throws {
    var storage = place?.storage
    while true {
      let instance = try world.makeInstance(name, storage: storage)
      let directory = instance.surroundings.storage
      storages.withLock { if !$0.contains(directory) { $0.append(directory) } }
      present.withLock { $0 = instance }
      let program = try start(instance)
      recorder.record(.vendor(.started))
      switch try await live(program, as: instance) {
      case .exited: throw ConductorError.vendorDidNotStart("its program ended by itself")
      case .commanded(.finish): return
      case .commanded(.restart(let pause)), .commanded(.crash(let pause)),
        .commanded(.struck(_, let pause)):
        if crashed.withLock({ $0 === instance }) {
          // A process that was killed finds its disk as it left it; replicas have one together.
          storage = process == nil && place == nil ? crashCopy.withLock { $0 } : directory
        } else {
          recorder.record(.vendor(.stopped))
          storage = directory
        }
        try await world.clock.sleep(for: pause)
      }
    }
  }

  private let crashCopy = Mutex<URL?>(nil)
  /// The last one that has crashed.
  private let crashed = Mutex<Instance?>(nil)
  private let present = Mutex<Instance?>(nil)

  private func start(_ instance: Instance) throws -> Program {
    var secrets = cast.secrets
    if cast.needsVendorAccount { secrets.modelKey = ownKey }
    var configuration = cast.configuration
    if place != nil { configuration.replicas = .init() }
    do {
      return try vendor.start(
        VendorSetup(
          configuration: configuration,
          secrets: secrets,
          surroundings: instance.surroundings,
          ownKey: ownKey,
          standbyKeys: standbyKeys,
          replica: place?.number ?? 1
        )
      )
    } catch {
      throw ConductorError.vendorDidNotStart("\(error)")
    }
  }

  private func live(_ whole: Program, as instance: Instance) async throws -> Ending {
    var program = whole
    if let place {
      place.balancer.set(whole.hosts[Cast.vendorHost], of: place.number)
      program.hosts[Cast.vendorHost] = nil
    }
    defer { place?.balancer.set(nil, of: place?.number ?? 1) }
    return try await withThrowingTaskGroup(of: Ending.self) { group in
      group.addTask { [program] in
        try await self.world.run(program, as: instance)
        return .exited
      }
      group.addTask {
        for await command in self.commands {
          // One that crashed while it was stopping has been seen to.
          if case .struck(let other, _) = command, other !== instance { continue }
          return .commanded(command)
        }
        return .exited
      }
      defer { group.cancelAll() }
      let ending = try await group.next() ?? .exited
      switch ending {
      case .commanded(.crash):
        process?.kill()
        crashNow(instance)
      case .commanded(.restart):
        place?.balancer.drain(place?.number ?? 1)
        await process?.stop()
        await program.drain(Self.drainLimit)
      default: await process?.stop()
      }
      group.cancelAll()
      // What a cancelled program still throws is its own affair.
      while let rest = await group.nextResult() { _ = rest }
      return ending
    }
  }
}
