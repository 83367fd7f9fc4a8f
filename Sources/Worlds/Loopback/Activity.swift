import Foundation

/// Counts all that is under way in a loopback world, so that its clock knows when everybody
/// merely waits for a timer: runnable jobs, bytes on the wire, and operations that hold it.
final class Activity: @unchecked Sendable {
  // Unchecked: every access holds `condition`.
  private let condition = NSCondition()
  private var underWay = 0
  private var stopped = false
  /// Whether anybody is waiting for idleness: to wake a thread is dear.
  private var idlenessMatters = false
  private var nudges = 0

  func begin() {
    condition.lock()
    underWay += 1
    condition.unlock()
  }

  func end() {
    condition.lock()
    underWay -= 1
    if underWay == 0 && idlenessMatters { condition.broadcast() }
    condition.unlock()
  }

  /// Wakes whoever waits: a timer was added.
  func nudge() {
    condition.lock()
    nudges += 1
    condition.broadcast()
    condition.unlock()
  }

  func stop() {
    condition.lock()
    stopped = true
    condition.broadcast()
    condition.unlock()
  }

  enum Wake {
    case idle
    case timeout
    case stopped
  }

  /// How often somebody was nudged so far: to be read before looking for timers.
  var nudgeCount: Int {
    condition.lock()
    defer { condition.unlock() }
    return nudges
  }

  /// Blocks the calling thread until `moment` or a nudge after the ones `seen`, and with a moment
  /// and `orIdle` also until nothing is under way.
  func wait(until moment: Date?, orIdle: Bool, nudgesSeen seen: Int) -> Wake {
    condition.lock()
    defer { condition.unlock() }
    if stopped { return .stopped }
    if nudges != seen { return .timeout }
    guard let moment else {
      condition.wait()
      return stopped ? .stopped : .timeout
    }
    if orIdle && underWay == 0 { return .idle }
    idlenessMatters = orIdle
    _ = condition.wait(until: moment)
    idlenessMatters = false
    if stopped { return .stopped }
    return orIdle && underWay == 0 ? .idle : .timeout
  }
}
