/// Lets something go wrong with the calls that it matches.
package struct FaultRule: Sendable, Hashable {
  /// Tells it apart from the others, and from its randomness theirs.
  package var name: String
  package var match: CallMatch
  /// Leaves so many matching calls alone first.
  package var skip: Int
  /// Strikes at most so many calls; all of them when nil: "fail twice, then work" is 2.
  package var times: Int?
  /// Strikes a matching call with this probability, by the seed.
  package var chance: Double
  package var effect: FaultEffect

  package init(
    _ name: String,
    match: CallMatch = CallMatch(),
    skip: Int = 0,
    times: Int? = nil,
    chance: Double = 1,
    effect: FaultEffect
  ) {
    self.name = name
    self.match = match
    self.skip = skip
    self.times = times
    self.chance = chance
    self.effect = effect
  }
}

extension FaultRule: Codable {
  private enum CodingKeys: String, CodingKey {
    case name
    case match
    case skip
    case times
    case chance
    case effect
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    effect = try container.decode(FaultEffect.self, forKey: .effect)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? "fault"
    match = try container.decodeIfPresent(CallMatch.self, forKey: .match) ?? CallMatch()
    skip = try container.decodeIfPresent(Int.self, forKey: .skip) ?? 0
    times = try container.decodeIfPresent(Int.self, forKey: .times)
    chance = try container.decodeIfPresent(Double.self, forKey: .chance) ?? 1
    guard skip >= 0 else { throw container.fault(.skip, "at least 0") }
    guard times ?? 0 >= 0 else { throw container.fault(.times, "at least 0") }
    guard (0...1).contains(chance) else { throw container.fault(.chance, "from 0 to 1") }
  }
}
