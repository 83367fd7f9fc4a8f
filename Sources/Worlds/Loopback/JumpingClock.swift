import Foundation
import Synchronization

/// Real time that skips what nobody would notice: when only timers are pending, it jumps to the
/// next one. Without jumps it is a plain clock.
package final class JumpingClock: WorldClock {
  private struct State {
    var jumped = Duration.zero
    var timers = TimerQueue()
  }

  private let start: Timestamp
  private let origin = ContinuousClock.now
  private let jumps: Bool
  private let activity: Activity
  private let state = Mutex(State())

  /// - Parameter jumps: false for stories that measure latency, or whose vendor is a process of
  ///   its own.
  init(startingAt start: Timestamp, jumps: Bool, activity: Activity) {
    self.start = start
    self.jumps = jumps
    self.activity = activity
  }

  package var now: Timestamp {
    start + (ContinuousClock.now - origin) + state.withLock { $0.jumped }
  }

  package func sleep(until deadline: Timestamp) async throws {
    let timer = state.withLock { $0.timers.makeTimer(at: deadline) }
    try await timer.wait { timer in
      let isEarliest = state.withLock { state in
        let earliest = state.timers.earliestDeadline
        state.timers.insert(timer)
        return earliest.map { timer.deadline < $0 } ?? true
      }
      if isEarliest { activity.nudge() }
    }
  }

  /// Fires timers until the world stops; runs on a thread of its own.
  func drive() {
    while true {
      let seen = activity.nudgeCount
      let earliest = state.withLock { $0.timers.earliestDeadline }
      let wait = earliest.map { max(.zero, $0 - now) }
      if let wait, wait == .zero {
        fireEarliest()
        continue
      }
      // A far deadline (a vanished request waits for ever) needs no exact moment.
      let moment = wait.map { Date(timeIntervalSinceNow: min($0.milliseconds / 1_000, 3_600)) }
      switch activity.wait(until: moment, orIdle: jumps, nudgesSeen: seen) {
      case .stopped: return
      case .timeout: continue
      case .idle: jump()
      }
    }
  }

  private func jump() {
    let timer: SleepTimer? = state.withLock { state in
      guard let timer = state.timers.popEarliest() else { return nil }
      let reached = start + (ContinuousClock.now - origin) + state.jumped
      if timer.deadline > reached { state.jumped += timer.deadline - reached }
      return timer
    }
    timer?.fire()
  }

  private func fireEarliest() {
    let timer = state.withLock { $0.timers.popEarliest() }
    timer?.fire()
  }
}
