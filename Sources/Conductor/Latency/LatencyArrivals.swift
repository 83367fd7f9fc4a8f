import Evidence
import Worlds

/// Draws when the questions of a comparison are due: evenly spaced, each moved a little by the
/// seed, so that nothing that beats in the machine always meets the same asker.
struct LatencyArrivals: Sendable {
  let every: Duration
  /// Of the others, who ask beside.
  let besideEvery: Duration?
  let randomness: Randomness

  /// The others have begun when the first measured question comes.
  private static let runUp = Duration.milliseconds(500)

  /// How long the questions of so many rounds take to arrive.
  func length(ofRounds count: Int) -> Duration {
    lead + every * (count * Event.LatencySchedule.Asker.allCases.count)
  }

  private var lead: Duration { besideEvery == nil ? .zero : Self.runUp }

  func schedule(_ rounds: Range<Int>, from begin: Timestamp) -> Event.LatencySchedule {
    var arrivals: [Event.LatencySchedule.Arrival] = []
    for round in rounds {
      var generator = randomness.generator("latency-order/\(round)")
      for asker in Event.LatencySchedule.Asker.allCases.shuffled(using: &generator) {
        let place = begin + lead + every * arrivals.count
        let moved = generator.duration(in: .zero...every / 4)
        arrivals.append(.init(round: round, asker: asker, at: place + moved))
      }
    }
    return Event.LatencySchedule(
      arrivals: arrivals,
      beside: beside(of: rounds, from: begin)
    )
  }

  private func beside(of rounds: Range<Int>, from begin: Timestamp) -> [Timestamp] {
    guard let besideEvery else { return [] }
    let end = begin + length(ofRounds: rounds.count)
    var generator = randomness.generator("latency-beside/\(rounds.lowerBound)")
    var moments: [Timestamp] = []
    var place = begin
    while place < end {
      moments.append(place + generator.duration(in: .zero...besideEvery))
      place = place + besideEvery
    }
    return moments.sorted()
  }
}
