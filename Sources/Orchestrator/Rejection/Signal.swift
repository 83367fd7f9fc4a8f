import Synchronization
import Worlds

/// Says that something has changed to all that listen; what exactly, they look up themselves.
package final class Signal: Sendable {
  private let listeners = Mutex<[@Sendable () -> Void]>([])

  func listen(_ listener: @escaping @Sendable () -> Void) {
    listeners.withLock { $0.append(listener) }
  }

  func raise() {
    for listener in listeners.withLock({ $0 }) { listener() }
  }
}

/// Wakes one loop, at news and at times that the loop sets itself.
final class AlarmClock: Sendable {
  /// Read once.
  let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation
  private let clock: any WorldClock
  private let next = Mutex<Timestamp?>(nil)

  init(_ clock: any WorldClock) {
    self.clock = clock
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func wake() {
    wakeUp.yield()
  }

  /// Wakes the loop at `moment`, unless it is woken before that anyhow.
  func wake(at moment: Timestamp, in group: inout DiscardingTaskGroup) {
    let isEarlier = next.withLock { next in
      if let known = next, known <= moment { return false }
      next = moment
      return true
    }
    guard isEarlier else { return }
    group.addTask {
      do { try await self.clock.sleep(until: moment) } catch { return }
      self.next.withLock { if $0 == moment { $0 = nil } }
      self.wake()
    }
  }
}
