import Synchronization
import Worlds

/// Where messages are while they wait for their customer's next key. They go on as soon as the key
/// is another or is taken again, or their time is over; meanwhile the rejected one is tried once in
/// a while, by the smallest call that there is.
final class WaitingRoom: Sendable {
  private struct Guest: Sendable {
    var job: WorkQueue.Job
    var until: Timestamp
  }

  private struct State {
    /// By customer, in the order of their coming.
    var guests: [String: [Guest]] = [:]
    /// Customers whose key is being tried.
    var probing: Set<String> = []
    var probedAt: [String: Timestamp] = [:]
  }

  private let queue: WorkQueue
  private let custody: any KeyCustody
  private let model: any LanguageModel
  private let clock: any WorldClock
  private let probeInterval: Duration
  /// How often another process's doings are looked for; nil where there is none.
  private let glance: Duration?
  private let alarm: AlarmClock
  private let state = Mutex(State())

  init(
    queue: WorkQueue,
    _ parts: OrchestratorParts,
    _ environment: OrchestratorEnvironment
  ) {
    self.queue = queue
    custody = parts.custody
    model = parts.model
    clock = environment.surroundings.clock
    probeInterval = .seconds(environment.configuration.limits.rejectedKeyProbeSeconds)
    glance = environment.replica?.heartbeat
    let alarm = AlarmClock(clock)
    self.alarm = alarm
    environment.notifications.changes.listen { alarm.wake() }
  }

  func admit(_ job: WorkQueue.Job, until: Timestamp) {
    var job = job
    job.waiter = nil
    let guest = Guest(job: job, until: until)
    state.withLock { $0.guests[job.journaled.message.tenant, default: []].append(guest) }
    // The key may have been replaced since the message was told that it is rejected.
    alarm.wake()
  }

  /// Until it is cancelled; whoever waits then is journaled, and waits on after the next start.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await _ in alarm.wakeUps {
        for tenant in state.withLock({ $0.guests.keys.sorted() }) { look(after: tenant, &group) }
      }
      group.cancelAll()
    }
  }

  private func look(after tenant: String, _ group: inout DiscardingTaskGroup) {
    let now = clock.now
    let summary: KeySummary?
    do {
      summary = try custody.summary(of: tenant)
    } catch {
      // A storage that cannot be read now can be later.
      return alarm.wake(at: now + .seconds(5), in: &group)
    }
    guard let rejectedAt = summary?.rejectedAt else { return release(tenant) { _ in true } }
    release(tenant) { $0.until <= now }
    let (earliest, probedAt, isProbing) = state.withLock { state in
      (
        state.guests[tenant]?.map(\.until).min(), state.probedAt[tenant],
        state.probing.contains(tenant)
      )
    }
    guard let earliest else { return }
    var next = earliest
    if !isProbing {
      let due = max(rejectedAt, probedAt ?? rejectedAt) + probeInterval
      if due <= now { probe(tenant, now, &group) } else { next = min(next, due) }
    }
    if let glance { next = min(next, now + glance) }
    alarm.wake(at: next, in: &group)
  }

  private func probe(_ tenant: String, _ now: Timestamp, _ group: inout DiscardingTaskGroup) {
    state.withLock { state in
      state.probing.insert(tenant)
      state.probedAt[tenant] = now
    }
    let call = ModelCall(
      tenant: tenant,
      exchange: "probe/\(tenant)/\(now.nanoseconds)",
      deadline: now + .seconds(20)
    )
    group.addTask {
      // What came of it stands in the key's records.
      try? await self.model.probe(for: call)
      self.state.withLock { _ = $0.probing.remove(tenant) }
      self.alarm.wake()
    }
  }

  private func release(_ tenant: String, _ mayGo: (Guest) -> Bool) {
    let going = state.withLock { state -> [Guest] in
      let guests = state.guests[tenant] ?? []
      let staying = guests.filter { !mayGo($0) }
      state.guests[tenant] = staying.isEmpty ? nil : staying
      return guests.filter(mayGo)
    }
    for guest in going { queue.submit(guest.job) }
  }
}
