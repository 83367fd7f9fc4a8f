extension Finding {
  /// What a story that was not played twice leaves open, with a blank before it.
  static let markersAlone =
    " Only markers were looked for: what is told in other words would show in a story with 'pair'."

  /// Whether what was held rests on markers alone.
  package var restsOnMarkers: Bool { verdict == .held && sentence.hasSuffix(Self.markersAlone) }

  /// The finding that follows from what a checker has: a breach is a violation, whether or not the
  /// promise was exercised in full; without the exercise nothing is held.
  ///
  /// - Parameter missing: what was not exercised; nil when everything was.
  static func judged(
    _ breaches: Breaches,
    exercise: [Count],
    missing: String?,
    held: String
  ) -> Finding {
    if let witnesses = breaches.witnesses {
      let more = witnesses.count == 1 ? "" : " \(witnesses.count) breaches in all."
      return Finding(
        verdict: .violated,
        sentence: witnesses.worst.what + more,
        exercise: exercise,
        witnesses: witnesses
      )
    }
    if let missing {
      return Finding(verdict: .inconclusive, sentence: missing, exercise: exercise)
    }
    return Finding(verdict: .held, sentence: held, exercise: exercise)
  }
}
