import Evidence

/// What speaks against a promise, as a checker comes upon it.
struct Breaches {
  private struct Breach {
    var witness: Finding.Witness
    var weight: Int64
  }

  private var breaches: [Breach] = []

  var count: Int { breaches.count }
  var isEmpty: Bool { breaches.isEmpty }

  /// - Parameters:
  ///   - events: in any order; the report shows them in the order of their ids.
  ///   - weight: the heaviest breach is shown as the worst; of equals the first.
  ///   - sides: what was seen in two plays of the story, where that is the breach.
  mutating func add(
    _ what: String,
    events: [Int],
    weight: Int64 = 0,
    sides: Finding.Sides? = nil
  ) {
    breaches.append(
      Breach(
        witness: Finding.Witness(events: events.sorted(), what: what, sides: sides),
        weight: weight
      )
    )
  }

  /// Nil when there are none.
  var witnesses: Finding.Witnesses? {
    func position(_ breach: Breach) -> Int { breach.witness.events.last ?? 0 }
    // A checker looks for one kind after the other; a reader wants the order of events.
    let ordered = breaches.enumerated().sorted { left, right in
      (position(left.element), left.offset) < (position(right.element), right.offset)
    }.map(\.element)
    guard let first = ordered.first, let last = ordered.last else { return nil }
    var worst = first
    for breach in ordered where breach.weight > worst.weight { worst = breach }
    return Finding.Witnesses(
      count: ordered.count,
      first: first.witness,
      worst: worst.witness,
      last: last.witness
    )
  }
}
