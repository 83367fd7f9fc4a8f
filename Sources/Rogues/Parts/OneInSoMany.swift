import Synchronization

/// Says yes once in so many times: whoever cheats seldom is seen seldom.
final class OneInSoMany: Sendable {
  private let interval: Int
  private let asked = Mutex(0)

  init(_ interval: Int) { self.interval = interval }

  func isNow() -> Bool {
    asked.withLock { asked in
      asked += 1
      return asked.isMultiple(of: interval)
    }
  }
}
