import Evidence
import Guarantees
import Worlds

/// The events of the stories as data of the page, to be looked at one by one. A page is no log: of
/// a long run it holds a part, says so, and names the file that holds all.
struct StoryEvents {
  /// Events on a page, and in a story of it that a reader must look at.
  static let pageLimit = 16_000
  static let storyLimit = 10_000

  private(set) var texts = TextTable()
  private let share: Int
  private let newsShare: Int

  init(_ scenarios: [ScenarioDigest]) {
    func needs(_ isNews: Bool) -> [Int] {
      scenarios.filter { $0.hasNews == isNews }.compactMap(\.result.history)
        .map { min($0.events.count, Self.storyLimit) }
    }
    // What a reader must look at comes first, and leaves a quarter to the rest.
    let news = needs(true)
    let each = Self.share(of: news, room: Self.pageLimit * 3 / 4)
    newsShare = each
    let taken = news.reduce(0) { $0 + min($1, each) }
    share = Self.share(of: needs(false), room: Self.pageLimit - taken)
  }

  /// The limit for each with which all of them fit: who needs less leaves the rest to the others.
  static func share(of needs: [Int], room: Int) -> Int {
    var left = room
    for (index, need) in needs.sorted().enumerated() {
      let fair = left / (needs.count - index)
      if need > fair { return fair }
      left -= need
    }
    return storyLimit
  }

  /// What the page holds of one story, before its texts have numbers.
  struct Story: Sendable {
    fileprivate struct Row: Sendable {
      var head: String
      var isWitness: Bool
      /// Names and values of the fields, one after the other.
      var pairs: [String]
    }

    fileprivate var total: Int
    fileprivate var length: Int64
    fileprivate var file: String
    fileprivate var rows: [Row]
  }

  /// One story by itself: stories are read side by side.
  func story(_ scenario: ScenarioDigest, _ history: History, words: EventWords) -> Story {
    let witnesses = Set(
      scenario.result.findings.compactMap(\.finding.witnesses).flatMap {
        $0.first.events + $0.worst.events + $0.last.events
      }
    )
    let shown = Self.choice(
      of: history.events,
      witnesses: witnesses,
      limit: min(Self.storyLimit, scenario.hasNews ? newsShare : share)
    )
    let fields = EventFields(history, words: words)
    let rows = shown.map { event -> Story.Row in
      let passed = (event.at - history.facts.startedAt).nanoseconds / 1_000
      let row = EventRow(event.kind).rawValue
      let text = ScriptData.string(PlainText.clean(words.words(for: event), limit: 300))
      return Story.Row(
        head: "[\(event.id),\(passed),\(row),\(text),",
        isWitness: witnesses.contains(event.id),
        pairs: fields.fields(of: event).flatMap { name, value in
          [name, PlainText.clean(value, limit: 300)]
        }
      )
    }
    return Story(
      total: history.events.count,
      length: (history.storyEnd - history.facts.startedAt).nanoseconds / 1_000,
      file: scenario.evidenceName ?? "the evidence",
      rows: rows
    )
  }

  /// The JSON of one story's events.
  mutating func json(of story: Story) -> String {
    let rows = story.rows.map { row in
      row.head + ScriptData.list(row.pairs.map { String(texts.number(of: $0)) })
        + (row.isWitness ? ",1]" : "]")
    }
    return "{\"total\":\(story.total),\"length\":\(story.length),"
      + "\"file\":\(ScriptData.string(story.file)),\"events\":\(ScriptData.list(rows))}"
  }

  /// In the order of the story: witnesses always, then by rank, evenly spread within a rank.
  static func choice(of events: [Event], witnesses: Set<Int>, limit: Int) -> [Event] {
    guard events.count > limit else { return events }
    var kept = Set(events.indices.filter { witnesses.contains(events[$0].id) })
    for rank in 0...2 {
      let room = limit - kept.count
      guard room > 0 else { break }
      let rest = events.indices.filter {
        EventRow(events[$0].kind).rank == rank && !kept.contains($0)
      }
      if rest.count <= room {
        kept.formUnion(rest)
      } else {
        kept.formUnion((0..<room).map { rest[$0 * rest.count / room] })
      }
    }
    return kept.sorted().map { events[$0] }
  }

  /// The rows of the drawing: lane, title, class.
  static let rowsJSON = ScriptData.list(
    EventRow.allCases.map {
      ScriptData.list([$0.lane, $0.title, $0.style].map(ScriptData.string))
    }
  )
}
