import Evidence
import Guarantees
import Testing
import Worlds

@Suite struct ArrivalQualityTests {
  private func arm(_ at: Int64, late: Duration = .zero) -> Event.LatencyPair.Arm {
    Event.LatencyPair.Arm(
      intended: Timestamp(nanoseconds: at * 1_000_000),
      late: late,
      total: .milliseconds(10),
      upstream: .zero,
      requests: 1,
      requestBytes: 1,
      answered: true
    )
  }

  /// Two questions a pair, ten milliseconds apart.
  private func pairs(_ count: Int, late: [Duration] = []) -> [Event.LatencyPair] {
    (0..<count).map { index in
      Event.LatencyPair(
        comparison: .customerAgainstVendor,
        index: index,
        subject: arm(Int64(20 * index), late: index < late.count ? late[index] : .zero),
        control: arm(Int64(20 * index + 10))
      )
    }
  }

  private let grace = ArrivalQuality.grace

  @Test func aMillisecondIsNotLateAndABitMoreIs() {
    #expect(ArrivalQuality(pairs(10, late: [grace])).late == 0)
    let quality = ArrivalQuality(pairs(10, late: [.zero, grace + .nanoseconds(1), .zero]))
    #expect(quality.late == 1)
    #expect(quality.worst == grace + .nanoseconds(1))
    #expect(quality.starts == 20)
  }

  @Test func oneInAHundredMayBeLate() {
    let slow = Duration.milliseconds(3)
    // Of 200 questions two may be late, of 198 one.
    #expect(ArrivalQuality(pairs(100, late: [slow, slow])).isGood)
    #expect(!ArrivalQuality(pairs(100, late: [slow, slow, slow])).isGood)
    #expect(!ArrivalQuality(pairs(99, late: [slow, slow])).isGood)
    #expect(ArrivalQuality(pairs(99, late: [slow])).isGood)
  }

  @Test func aQuestionThatComparisonsShareCountsOnce() {
    var shared = pairs(10, late: [.milliseconds(3)])
    shared += shared.map { pair in
      var pair = pair
      pair.comparison = .vendorAgainstVendor
      pair.subject.intended = pair.subject.intended + .milliseconds(5)
      pair.subject.late = .zero
      return pair
    }
    let quality = ArrivalQuality(shared)
    #expect(quality.starts == 30)
    #expect(quality.late == 1)
  }

  @Test func ratesAreThoseOfTheScheduleAndOfWhatWasSent() {
    let late = [Duration](repeating: .zero, count: 10)
    let quality = ArrivalQuality(pairs(11, late: late + [.zero]))
    #expect(abs(quality.intendedRate - 100) < 1e-9)
    #expect(abs(quality.achievedRate - 100) < 1e-9)
    var dragged = pairs(11)
    dragged[10].control.late = .milliseconds(210)
    let slow = ArrivalQuality(dragged)
    #expect(abs(slow.intendedRate - 100) < 1e-9)
    #expect(abs(slow.achievedRate - 50) < 1e-9)
  }

  @Test func aMomentThatNoScheduleHadIsCounted() {
    let schedule = Event.LatencySchedule(
      arrivals: (0..<10).flatMap { index -> [Event.LatencySchedule.Arrival] in
        let at = Timestamp(nanoseconds: Int64(20 * index) * 1_000_000)
        return [
          .init(round: index, asker: .customer, at: at),
          .init(round: index, asker: .vendor, at: at + .milliseconds(10)),
        ]
      },
      beside: []
    )
    #expect(ArrivalQuality(pairs(10), schedules: [schedule]).unscheduled == 0)
    #expect(ArrivalQuality(pairs(11), schedules: [schedule]).unscheduled == 1)
    #expect(ArrivalQuality(pairs(10), schedules: []).unscheduled == 10)
    var moved = pairs(10)
    moved[3].control.intended = moved[3].control.intended + .nanoseconds(1)
    #expect(ArrivalQuality(moved, schedules: [schedule]).unscheduled == 1)
    var other = pairs(10)
    other[3].comparison = .vendorAgainstVendor
    #expect(ArrivalQuality(other, schedules: [schedule]).unscheduled == 1)
    #expect(ArrivalQuality(pairs(10)).unscheduled == 0)
  }
}
