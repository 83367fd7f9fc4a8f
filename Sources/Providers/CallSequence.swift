import Synchronization

/// Numbers calls in the order in which they were authenticated. Providers that share one put all
/// their calls into one order, so that it can be said what came after what.
package final class CallSequence: Sendable {
  private let count: Atomic<Int>

  /// - Parameter last: the number of the last call before the first of these.
  package init(after last: Int = 0) {
    count = Atomic(last)
  }

  /// The number of the last call; 0 before the first.
  package var last: Int { count.load(ordering: .acquiring) }

  /// The number of the next call, from 1.
  func next() -> Int { count.add(1, ordering: .acquiringAndReleasing).newValue }
}
