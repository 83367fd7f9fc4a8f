import Foundation
import Synchronization
import Testing
import Worlds

@testable import Orchestrator

@Suite struct ReplicaTests {
  /// A clock that is moved by hand.
  private final class HandClock: WorldClock {
    private let moment = Mutex(Timestamp(unixSeconds: 1_800_000_000))
    var now: Timestamp { moment.withLock { $0 } }
    func sleep(until _: Timestamp) async throws {}
    func set(_ seconds: Duration) {
      moment.withLock { $0 = Timestamp(unixSeconds: 1_800_000_000) + seconds }
    }
  }

  /// Two processes on one storage, each asked at moments of the test's choosing.
  private final class Bench {
    let clock = HandClock()
    let directory: URL
    let storage: Storage

    init() throws {
      directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("keyproof-replicas-\(UUID().uuidString)")
      storage = try Storage(directory: directory)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func begin() throws -> Replica {
      try Replica(.init(), storage: storage, clock: clock)
    }

    func store(_ replica: Replica, at seconds: Duration) -> MessageStore {
      clock.set(seconds)
      return MessageStore(storage: storage, replica: replica)
    }

    func message(_ activity: String) -> ReceivedMessage {
      ReceivedMessage(
        platform: .teams,
        tenant: "acme",
        conversation: "c",
        activity: activity,
        person: "p",
        isGroup: false,
        address: "a",
        thread: nil,
        bot: nil,
        recipient: nil,
        question: "q",
        receivedAt: clock.now
      )
    }
  }

  @Test func `What a process that is heard of no more left is taken over once`() throws {
    let bench = try Bench()
    let (first, second) = (try bench.begin(), try bench.begin())
    #expect(try bench.store(first, at: .zero).receive(bench.message("1")) != nil)
    #expect(try bench.store(second, at: .seconds(20)).unfinished().isEmpty)
    let late = try bench.store(second, at: .seconds(20) + .nanoseconds(1)).unfinished()
    #expect(late.map(\.message.activity) == ["1"])
    #expect(try bench.store(second, at: .seconds(21)).unfinished().isEmpty)
    // The first was only slow: what was its own is the other's now.
    #expect(try bench.store(first, at: .seconds(22)).unfinished().isEmpty)
  }

  @Test func `A heartbeat keeps what a process works on its own`() throws {
    let bench = try Bench()
    let (first, second) = (try bench.begin(), try bench.begin())
    _ = try bench.store(first, at: .zero).receive(bench.message("1"))
    for seconds in stride(from: 5, through: 60, by: 5) {
      #expect(try bench.store(first, at: .seconds(seconds)).unfinished().isEmpty)
      #expect(try bench.store(second, at: .seconds(seconds)).unfinished().isEmpty)
    }
  }

  @Test func `A process that leaves in good order is not waited for`() throws {
    let bench = try Bench()
    let (first, second) = (try bench.begin(), try bench.begin())
    _ = try bench.store(first, at: .zero).receive(bench.message("1"))
    try first.leave()
    #expect(try bench.store(second, at: .seconds(1)).unfinished().count == 1)
  }

  @Test func `What a process alone had taken is taken over by the first of several`() throws {
    let bench = try Bench()
    let alone = MessageStore(storage: bench.storage)
    _ = try alone.receive(bench.message("1"))
    #expect(try alone.unfinished().count == 1)
    let first = try bench.begin()
    #expect(try bench.store(first, at: .zero).unfinished().count == 1)
  }

  @Test
  func
    `A question beyond its customer's rate is journaled as refused, and a repetition takes none`()
    throws
  {
    let bench = try Bench()
    var limits = OrchestratorConfiguration.Limits()
    limits.messagesPerMinutePerTenant = 2
    limits.questionCharacters = 9
    let replica = try bench.begin()
    let stores = [Admission(limits), Admission(limits)].map {
      MessageStore(storage: bench.storage, replica: replica, admission: $0)
    }
    func outcome(_ activity: String, _ question: String, at store: Int) throws -> Refusal?? {
      var message = bench.message(activity)
      message.question = question
      guard let journaled = try stores[store].receive(message) else { return nil }
      if case .refusal(let refusal) = journaled.outcome { return .some(refusal) }
      return .some(nil)
    }
    #expect(try outcome("1", "q", at: 0) == .some(nil))
    #expect(try outcome("1", "q", at: 1) == nil)
    #expect(try outcome("2", "a long question", at: 1) == .some(.tooLong))
    #expect(try outcome("3", "/forget   ", at: 0) == .some(nil))
    #expect(try outcome("4", "ééééééééé", at: 1) == .some(nil))
    #expect(try outcome("5", "q", at: 0) == .some(.tooMany))
    try replica.leave()
    // Its next life says so, and does not answer after all.
    let left = try bench.store(try bench.begin(), at: .seconds(1)).unfinished()
    let refused = left.filter { $0.outcome == .refusal(.tooMany) }
    #expect(refused.map(\.message.activity) == ["5"])
    #expect(left.filter { $0.outcome == nil }.map(\.message.activity) == ["1", "3", "4"])
  }

  @Test func `No two lives have one number`() throws {
    let bench = try Bench()
    let first = try bench.begin()
    try first.leave()
    #expect(try bench.begin().mark != first.mark)
  }

  @Test(arguments: [(1, 2, true), (5, 9, false), (0, 5, false)])
  func `Whoever lives is not taken for dead`(beat: Int, takeOver: Int, isGood: Bool) throws {
    let fault: ConfigurationFault? = isGood ? nil : .badReplicas
    var found: ConfigurationFault?
    do {
      try TestVendor.test(
        configure: { configuration in
          var replicas = OrchestratorConfiguration.Replicas()
          replicas.heartbeatSeconds = beat
          replicas.takeOverSeconds = takeOver
          configuration.replicas = replicas
        },
        { vendor in try await vendor.running { try await $0.setUp() } }
      )
    } catch let error as ConfigurationFault {
      found = error
    }
    #expect(found == fault)
  }
}
