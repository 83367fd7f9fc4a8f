import Wire

/// Makes up how likely a model found its tokens: the same text always gets the same numbers, and
/// the alternatives of a token are never likelier than it.
struct LogProbabilities: Sendable {
  /// The most likely tokens to state at each place, the chosen one included.
  let alternatives: Int

  func tokens(of text: String) -> [TokenLogProbability] {
    TokenEstimate.tokens(of: text).enumerated().map { place, token in
      let digest = ContentDigest("\(place) \(token)").value
      // From almost certain, as most tokens are, to one in e.
      let share = Double(digest >> 11) * 0x1p-53
      let chosen = -share * share
      return TokenLogProbability(
        token: token,
        logProbability: chosen,
        alternatives: (0..<alternatives).map { rank in
          .init(
            token: rank == 0 ? token : token + String(rank),
            logProbability: chosen - Double(rank) * 1.5
          )
        }
      )
    }
  }
}
