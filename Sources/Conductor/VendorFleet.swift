import Foundation
import Worlds

/// The vendor as a story sees it: one process, or several on one storage behind a load balancer.
final class VendorFleet: Sendable {
  private let replicas: [VendorLife]
  /// Nil for a vendor of one process, which the world reaches directly.
  private let balancer: LoadBalancer?
  private let world: any World

  init(_ upbringing: VendorLife.Upbringing, replicas count: Int) throws {
    world = upbringing.world
    guard count > 1 else {
      balancer = nil
      replicas = [VendorLife(upbringing)]
      return
    }
    let balancer = LoadBalancer()
    self.balancer = balancer
    let storage = try world.makeInstance("replicas", storage: nil).surroundings.storage
    replicas = (1...count).map { number in
      VendorLife(
        upbringing,
        at: ReplicaPlace(number: number, storage: storage, balancer: balancer)
      )
    }
  }

  /// Every directory that an instance has had, the present ones last.
  var allStorage: [URL] {
    var all: [URL] = []
    for directory in replicas.flatMap(\.allStorage) where !all.contains(directory) {
      all.append(directory)
    }
    return all
  }

  /// - Parameter replica: which one, from 1; nil for all of them.
  func restart(_ replica: Int?, downFor duration: Duration) {
    for life in lives(replica) { life.restart(downFor: duration) }
  }

  /// - Parameter replica: which one, from 1; nil for all of them.
  func crash(_ replica: Int?, downFor duration: Duration) {
    for life in lives(replica) { life.crash(downFor: duration) }
  }

  /// Crashes the vendor here and now; see `VendorLife.strike`.
  func strike(downFor duration: Duration) {
    for life in replicas { life.strike(downFor: duration) }
  }

  func finish() {
    for life in replicas { life.finish() }
  }

  /// Runs until `finish`.
  ///
  /// - Throws: `ConductorError.vendorDidNotStart`, or what the world throws.
  func run() async throws {
    guard let balancer else { return try await replicas[0].run() }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for life in replicas {
        group.addTask {
          try await life.run()
          return true
        }
      }
      group.addTask {
        // Whoever finds the address served shall find everybody behind it.
        while balancer.count < self.replicas.count {
          try await self.world.clock.sleep(for: .milliseconds(1))
        }
        let instance = try self.world.makeInstance("balancer", storage: nil)
        try await self.world.run(
          Program(hosts: [Cast.vendorHost: balancer.responder]),
          as: instance
        )
        return false
      }
      defer { group.cancelAll() }
      var running = replicas.count
      while running > 0, let isReplica = try await group.next() {
        if isReplica { running -= 1 }
      }
    }
  }

  private func lives(_ replica: Int?) -> [VendorLife] {
    guard let replica else { return replicas }
    return replicas.indices.contains(replica - 1) ? [replicas[replica - 1]] : []
  }
}

/// Which of several processes on one storage a life is.
struct ReplicaPlace: Sendable {
  /// From 1.
  let number: Int
  let storage: URL
  let balancer: LoadBalancer
}
