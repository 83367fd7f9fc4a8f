import Evidence
import Testing
import Worlds

@testable import Conductor

@Suite struct LatencyArrivalsTests {
  private let begin = Timestamp(unixSeconds: 1_767_600_000)

  private func arrivals(_ seed: UInt64 = 1, beside: Duration? = nil) -> LatencyArrivals {
    LatencyArrivals(
      every: .milliseconds(20),
      besideEvery: beside,
      randomness: Randomness(seed: seed)
    )
  }

  @Test func eachRoundHasEveryAskerOnceInAnOrderOfTheSeed() {
    let schedule = arrivals().schedule(0..<50, from: begin)
    #expect(schedule.arrivals.count == 200)
    #expect(schedule.arrivals.map(\.at) == schedule.arrivals.map(\.at).sorted())
    var firsts: Set<Event.LatencySchedule.Asker> = []
    for round in 0..<50 {
      let own = schedule.arrivals.filter { $0.round == round }.map(\.asker)
      #expect(Set(own) == Set(Event.LatencySchedule.Asker.allCases))
      firsts.formUnion(own.prefix(1))
    }
    #expect(firsts.count == 4)
    #expect(schedule.beside.isEmpty)
  }

  @Test func questionsAreDueOneAfterTheOtherAndMovedByLessThanAQuarter() {
    let schedule = arrivals().schedule(0..<10, from: begin)
    for (number, arrival) in schedule.arrivals.enumerated() {
      let moved = arrival.at - (begin + .milliseconds(20) * number)
      #expect(moved >= .zero && moved <= .milliseconds(5))
    }
    #expect(Set(schedule.arrivals.map { $0.at.nanoseconds % 20_000_000 }).count > 30)
  }

  @Test func theSeedDecidesAndAStretchMovesNoOther() {
    let schedule = arrivals().schedule(5..<9, from: begin)
    #expect(schedule == arrivals().schedule(5..<9, from: begin))
    #expect(schedule != arrivals(2).schedule(5..<9, from: begin))
    let whole = arrivals().schedule(0..<9, from: begin)
    let order = { (of: Event.LatencySchedule) in
      of.arrivals.filter { $0.round >= 5 }.map(\.asker)
    }
    #expect(order(schedule) == order(whole))
  }

  @Test func othersHaveBegunBeforeAndAskToTheEnd() throws {
    let of = arrivals(beside: .milliseconds(10))
    let schedule = of.schedule(0..<5, from: begin)
    let first = try #require(schedule.arrivals.first)
    let last = try #require(schedule.arrivals.last)
    #expect(first.at >= begin + .milliseconds(500))
    #expect(schedule.beside.count { $0 < first.at } >= 49)
    #expect(schedule.beside.contains { $0 > last.at })
    #expect(schedule.beside.allSatisfy { $0 >= begin })
    #expect(of.length(ofRounds: 5) == .milliseconds(900))
  }
}
