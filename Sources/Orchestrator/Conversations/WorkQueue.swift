import Synchronization

/// What waits to be worked on: bounded as a whole, and bounded in what one customer has under way.
final class WorkQueue: Sendable {
  struct Job: Sendable {
    var journaled: JournaledMessage
    /// Whoever waits for the answer in an open HTTP exchange.
    var waiter: SynchronousReply?
  }

  private struct State {
    var outstanding = 0
    var outstandingByTenant: [String: Int] = [:]
    var running: [String: Int] = [:]
    var waiting: [String: ArraySlice<Job>] = [:]

    /// What takes the turn of a job that runs no more.
    mutating func next(of tenant: String) -> Job? {
      if let next = waiting[tenant]?.popFirst() { return next }
      running[tenant, default: 1] -= 1
      return nil
    }
  }

  /// What may begin now. Read once.
  let ready: AsyncStream<Job>
  private let makeReady: AsyncStream<Job>.Continuation
  private let capacity: Int
  private let capacityPerTenant: Int
  private let perTenant: Int
  private let state = Mutex(State())

  convenience init(_ limits: OrchestratorConfiguration.Limits) {
    self.init(
      capacity: limits.outstandingMessages,
      capacityPerTenant: limits.outstandingMessagesPerTenant,
      perTenant: limits.concurrentMessagesPerTenant
    )
  }

  init(capacity: Int, capacityPerTenant: Int, perTenant: Int) {
    self.capacity = capacity
    self.capacityPerTenant = capacityPerTenant
    self.perTenant = perTenant
    (ready, makeReady) = AsyncStream.makeStream()
  }

  /// Holds a place for a message that is about to be journaled. False when all are taken, or all
  /// that one customer may have.
  func reserve(_ tenant: String) -> Bool {
    state.withLock { state in
      guard state.outstanding < capacity,
        state.outstandingByTenant[tenant, default: 0] < capacityPerTenant
      else { return false }
      state.outstanding += 1
      state.outstandingByTenant[tenant, default: 0] += 1
      return true
    }
  }

  var outstandingJobs: Int { state.withLock { $0.outstanding } }

  /// Those that are worked on or wait for their turn; who waits for a key does not count.
  var jobsUnderWay: Int {
    state.withLock { state in
      state.running.values.reduce(0, +) + state.waiting.values.reduce(0) { $0 + $1.count }
    }
  }

  func giveBackReservation(_ tenant: String) {
    state.withLock { state in
      state.outstanding -= 1
      state.outstandingByTenant[tenant, default: 1] -= 1
    }
  }

  /// Takes a job whose place was reserved, or that has waited.
  func submit(_ job: Job) {
    let tenant = job.journaled.message.tenant
    let mayBegin = state.withLock { state in
      guard state.running[tenant, default: 0] < perTenant else {
        state.waiting[tenant, default: []].append(job)
        return false
      }
      state.running[tenant, default: 0] += 1
      return true
    }
    if mayBegin { makeReady.yield(job) }
  }

  /// Takes what is durable already, and so must not be turned away.
  func resubmit(_ job: Job) {
    state.withLock { state in
      state.outstanding += 1
      state.outstandingByTenant[job.journaled.message.tenant, default: 0] += 1
    }
    submit(job)
  }

  /// One job of a customer is done.
  ///
  /// - Returns: its next one, which the caller takes on.
  func finish(_ tenant: String) -> Job? {
    state.withLock { state in
      state.outstanding -= 1
      state.outstandingByTenant[tenant, default: 1] -= 1
      return state.next(of: tenant)
    }
  }

  /// One job of a customer stops for a while, and keeps its place: `submit` takes it up again.
  ///
  /// - Returns: the customer's next one, which the caller takes on.
  func park(_ tenant: String) -> Job? {
    state.withLock { $0.next(of: tenant) }
  }
}
