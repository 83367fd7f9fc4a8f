package import Rogues
import Worlds

/// How many seeds it takes until a rogue is found by exploration alone.
package struct RogueHunt: Sendable {
  package struct Row: Sendable, Equatable {
    package var vendor: String
    package var breaks: [String]
    /// Seeds that had to be played for each find, counted from the last one.
    package var waits: [Int]
    /// How many seeds were played in all.
    package var seeds: Int
    /// Promises that it was found by.
    package var foundBy: [String]

    package init(
      vendor: String,
      breaks: [String],
      waits: [Int],
      seeds: Int,
      foundBy: [String]
    ) {
      self.vendor = vendor
      self.breaks = breaks
      self.waits = waits
      self.seeds = seeds
      self.foundBy = foundBy
    }

    /// The median number of seeds until it is found; nil where it never was.
    package var median: Int? {
      guard !waits.isEmpty else { return nil }
      return waits.sorted()[waits.count / 2]
    }
  }

  /// Why drawn stories find a vendor seldom or never; nil where nothing but luck is missing.
  package static func hindrance(of vendor: Vendor) -> String? {
    isHunted(vendor) ? hindrances[vendor.name] : "latency is told over sockets, on a quiet machine"
  }

  /// What drawn stories, which are short so that many can be played, have little or nothing of.
  private static let hindrances = [
    "embeds-rarely-elsewhere": "one text in fifty; a drawn story has ten or so",
    "carries-second-key": "one request in fifty; a drawn story has ten or so",
    "spends-customers-key": "one call in many; a drawn story has ten or so",
    "sends-long-prompts-elsewhere": "only prompts of 6,000 bytes and more; drawn texts are short",
    "mixes-keys-under-load": "two customers must ask within the same 30 ms",
    "stops-at-once": "an answer must be under way at the moment of a restart",
    "blames-new-key": "a call must be under way from before a rotation until the old key's end",
    "drops-filter-on-retry": "one call must fail with all its repeats, and the next one succeed",
    "streams-by-hidden-score": "only a streamed pair with documents of the same sizes tells",
    "hears-at-one-process-only": "only two processes and a removal in the settings tell",
    "steps-in-at-night": "a key must end, and somebody ask between midnight and five",
  ]

  /// Names of vendors for whom a reason is given, for the test that they exist.
  package static var namesWithHindrances: [String] { hindrances.keys.sorted() }

  /// Told over sockets alone, on a quiet machine.
  private static let latencyAlone = ["latency-neutrality"]

  private let seeds: ClosedRange<UInt64>
  private let finds: Int
  private let explorer: @Sendable (Vendor) -> Explorer

  /// - Parameters:
  ///   - seeds: the most that are played for each rogue.
  ///   - finds: after how many finds the next rogue's turn is.
  package init(
    seeds: ClosedRange<UInt64>,
    finds: Int,
    explorer: @escaping @Sendable (Vendor) -> Explorer
  ) {
    self.seeds = seeds
    self.finds = finds
    self.explorer = explorer
  }

  /// Whom drawn stories can find at all.
  package static func isHunted(_ vendor: Vendor) -> Bool {
    !vendor.breaks.isEmpty && vendor.breaks != latencyAlone
  }

  /// - Throws: `UnreadableStory`.
  package func hunt(_ vendor: Vendor) async throws -> Row {
    var finds: [UInt64: [String]] = [:]
    var played: Set<UInt64> = []
    try await explorer(vendor).explore(
      seeds,
      isOver: { false },
      played: { outcome in
        played.insert(outcome.story.seed)
        let accused = outcome.failures.compactMap { failure -> String? in
          guard case .guarantee(let id) = failure.kind, vendor.breaks.contains(id) else {
            return nil
          }
          return id
        }
        if !accused.isEmpty { finds[outcome.story.seed] = accused }
        return finds.count < self.finds
      }
    )
    return row(of: vendor, finds, played: played.count)
  }

  private func row(of vendor: Vendor, _ finds: [UInt64: [String]], played: Int) -> Row {
    var last = seeds.lowerBound - 1
    var waits: [Int] = []
    for seed in finds.keys.sorted().prefix(self.finds) {
      waits.append(Int(seed - last))
      last = seed
    }
    let found = Set(finds.values.joined())
    return Row(
      vendor: vendor.name,
      breaks: vendor.breaks,
      waits: waits,
      seeds: played,
      foundBy: vendor.breaks.filter(found.contains)
    )
  }
}
