import Synchronization
import Testing

@testable import Worlds

/// Goal: each place at which a crash can leave another world is counted, and no place twice.
@Suite struct OperationCounterTests {
  private let noon = Timestamp(unixSeconds: 43_200)

  private func counter() -> OperationCounter {
    let counter = OperationCounter(of: "vendor")
    counter.begin(strikingAt: nil) {}
    return counter
  }

  @Test func whatIsDoneAndWhatBeginsAtOnceAreOnePlace() {
    let counter = counter()
    counter.operation(.before, at: noon)
    counter.operation(.after, at: noon)
    counter.operation(.before, at: noon)
    #expect(counter.count == 2)
    counter.operation(.after, at: noon)
    #expect(counter.count == 3)
  }

  @Test func timeBetweenTheTwoMakesThemTwo() {
    let counter = counter()
    counter.operation(.after, at: noon)
    counter.operation(.before, at: noon + .nanoseconds(1))
    #expect(counter.count == 2)
  }

  @Test func aPieceOfAResponseBetweenTheTwoMakesThemTwo() {
    let counter = counter()
    counter.operation(.after, at: noon)
    counter.passed()
    counter.operation(.before, at: noon)
    #expect(counter.count == 2)
  }

  /// What one task sets going stands between what another has done and begins.
  @Test func twoThatBeginAreTwo() {
    let counter = counter()
    counter.operation(.after, at: noon)
    counter.operation(.before, at: noon)
    counter.operation(.before, at: noon)
    #expect(counter.count == 2)
  }

  @Test func theStrikeComesOnceAtItsPlace() {
    let counter = OperationCounter(of: "vendor")
    let strikes = Strikes()
    counter.begin(strikingAt: 2) { strikes.count.withLock { $0 += 1 } }
    counter.operation(.before, at: noon)
    #expect(strikes.count.withLock { $0 } == 0)
    counter.operation(.after, at: noon)
    #expect(strikes.count.withLock { $0 } == 1)
    counter.operation(.before, at: noon)
    counter.operation(.after, at: noon)
    #expect(strikes.count.withLock { $0 } == 1)
  }

  private final class Strikes: Sendable {
    let count = Mutex(0)
  }
}
