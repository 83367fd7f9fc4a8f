import ScenarioFiles
import Worlds

/// Draws the world of a story: valid by construction, and small.
struct WorldDrawer {
  private var dice: Dice
  /// What few customers want is drawn apart: it moves nothing else.
  private var wishes: Dice
  private static let people = [
    [
      ("ana", "Ana Oliveira"), ("ben", "Ben Hartwig"), ("carla", "Carla Moretti"),
      ("dan", "Dan Okafor"), ("finn", "Finn Jansen"),
    ],
    [("gina", "Gina Alvarez"), ("hugo", "Hugo Berger"), ("iris", "Iris Novak")],
  ]
  /// By day and by night, in the middle and at the end of a month.
  private static let beginnings = [
    "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z", "2026-01-05T23:30:00Z",
    "2026-01-30T22:00:00Z", "2026-02-27T09:00:00Z",
  ]

  init(_ randomness: Randomness) {
    dice = Dice(randomness, for: "world")
    wishes = Dice(randomness, for: "wishes")
  }

  /// - Parameter file: where the world is said to stand.
  mutating func draw(in file: String) -> WorldDescription {
    let isShared = dice.chance(30)
    let first = tenant("acme", "Acme Docks", number: 0, isShared: isShared)
    let tenants =
      isShared ? [first, tenant("globex", "Globex", number: 1, isShared: true)] : [first]
    return WorldDescription(
      file: file,
      title: "A drawn world",
      startsAt: Timestamp(iso8601: dice.one(of: Self.beginnings)) ?? Timestamp(nanoseconds: 0),
      tenants: tenants,
      model: dice.one(weighted: Self.speeds),
      secretManager: dice.one(weighted: Self.managers),
      replicas: dice.chance(15) ? 2 : 1,
      questionsAMinute: dice.chance(6) ? 6 : nil
    )
  }

  private static let managers: [(Int, WorldDescription.SecretManager)] = [
    (11, .embedded), (2, .vaultTransit), (3, .vault), (2, .aws), (2, .azureKeyVault),
  ]
  private static let speeds: [(Int, WorldDescription.ModelSpeed)] = [
    (2, speed(200...900, 10...40)), (3, speed(100...200, 5...10)),
    (1, speed(2_000...4_000, 30...60)),
  ]

  private static func speed(
    _ first: ClosedRange<Int>,
    _ between: ClosedRange<Int>
  ) -> WorldDescription.ModelSpeed {
    .init(
      firstToken: .milliseconds(first.lowerBound) ... .milliseconds(first.upperBound),
      betweenTokens: .milliseconds(between.lowerBound) ... .milliseconds(between.upperBound)
    )
  }

  private mutating func tenant(
    _ id: String,
    _ name: String,
    number: Int,
    isShared: Bool
  ) -> WorldDescription.Tenant {
    let deployment: WorldDescription.Deployment = dice.one(
      weighted: [(76, .pure), (9, .hybrid), (7, .hosted), (isShared ? 0 : 8, .selfHosted)]
    )
    let mayHaveAzure = deployment == .pure || deployment == .hybrid
    let hasAzure = mayHaveAzure && dice.chance(18)
    let beginsOnAzure = hasAzure && dice.chance(70)
    let isInstalled = deployment != .hosted && !dice.chance(4)
    let guests = dice.chance(20)
    let people = self.people(number: number, guests: guests)
    var tenant = WorldDescription.Tenant(
      id: id,
      name: name,
      keyInstalled: isInstalled || beginsOnAzure,
      azure: hasAzure
        ? .init(name: "\(id)-openai", apiVersion: dice.chance(50) ? nil : "2024-10-21") : nil,
      beginsOnAzure: beginsOnAzure,
      departments: [
        .init(id: "hr", knowledge: [Texts.bases[0], Texts.bases[1]]),
        .init(id: "sales", knowledge: [Texts.bases[0], Texts.bases[2]]),
      ],
      people: people,
      conversations: conversations(of: people, tenant: id),
      knowledge: Texts.bases.map {
        .init(id: $0, documents: Texts.documents(of: $0, isFirst: number == 0))
      },
      guestKnowledge: guests && dice.chance(60) ? [Texts.bases[0]] : [],
      departmentsAreGroups: dice.chance(20),
      streamsReplies: dice.chance(30),
      deployment: deployment
    )
    tenant.forbidsQueryLogging = wishes.chance(8)
    if deployment != .hosted { tenant.rejectedKey = rejectedKey(of: people) }
    return tenant
  }

  private mutating func rejectedKey(
    of people: [WorldDescription.Person]
  ) -> WorldDescription.RejectedKey {
    var wish = WorldDescription.RejectedKey()
    guard wishes.chance(14) else { return wish }
    if wishes.chance(70) {
      wish.waitsFor = wishes.seconds(in: 30...400)
      if wishes.chance(30) { wish.waitsAtMost = wishes.number(in: 1...4) }
    }
    let staff = people.filter { !$0.isGuest && !$0.isAbsent }.map(\.id)
    if wish.waitsFor == nil || wishes.chance(70) { wish.tells = wishes.one(of: staff) }
    return wish
  }

  /// One in each department at least, and a guest where there are any.
  private mutating func people(number: Int, guests: Bool) -> [WorldDescription.Person] {
    let all = Self.people[number]
    let count = dice.number(in: 2...all.count)
    return all.prefix(count).enumerated().map { index, person in
      let department =
        index == 0 ? "hr" : index == 1 ? "sales" : dice.one(of: ["hr", "sales"])
      var drawn = WorldDescription.Person(
        id: person.0,
        name: person.1,
        department: guests && index > 1 && index == count - 1
          ? WorldDescription.Department.guests : department,
        platform: dice.one(of: [.teams, .teams, .googleChat])
      )
      // Google Chat does not say of an outsider alone to which customer they belong.
      if drawn.isGuest { drawn.platform = .teams }
      drawn.isAbsent = index > 1 && dice.chance(10)
      return drawn
    }
  }

  private mutating func conversations(
    of people: [WorldDescription.Person],
    tenant: String
  ) -> [WorldDescription.Conversation] {
    WorldDescription.PlatformName.allCases.flatMap { platform in
      let there = people.filter { $0.platform == platform }.map(\.id)
      guard there.count > 1 else { return [WorldDescription.Conversation]() }
      var drawn: [WorldDescription.Conversation] = []
      for kind in WorldDescription.Conversation.Kind.allCases
      where dice.chance(kind == .group ? 45 : 20) {
        drawn.append(
          .init(
            id: "\(tenant)-\(platform.rawValue)-\(kind.rawValue)",
            kind: kind,
            platform: platform,
            members: dice.some(dice.number(in: 2...there.count), of: there)
          )
        )
      }
      return drawn
    }
  }
}
