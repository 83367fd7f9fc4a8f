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
