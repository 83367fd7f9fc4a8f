import ScenarioFiles
import Worlds

/// Draws what happens in a world. It keeps track of what is there at each moment (keys, documents,
/// people, faults), so that each step means something when it comes.
struct TimelineDrawer {
  /// Something that may happen next.
  enum Beat {
    case ask
    case press
    case knock
    case deliverAgain
    case person
    case document
    case vendor
    case fault
    case jump
    case inspect
    case key(KeyMove)
  }

  var dice: Dice
  /// What few stories have is drawn apart: it moves nothing else.
  var asides: Dice
  let world: WorldDescription
  var now = Duration.seconds(5)
  var steps: [Step] = []
  var keys: [String: KeyState] = [:]
  /// Who asked, and where; nil for the personal conversation.
  var asked: [(person: String, conversation: String?)] = []
  var inactive: Set<String>
  var departments: [String: String]
  var documents: [String: [String]] = [:]
  /// Until when something is out of order at a place.
  var faultEnds: [FaultDescription.Place: Duration] = [:]
  var vendorIsUpAt = Duration.zero
  /// What the customers' keys go through, for the options.
  private(set) var plots: [String] = []

  init(_ world: WorldDescription, _ randomness: Randomness) {
    self.world = world
    dice = Dice(randomness, for: "timeline")
    asides = Dice(randomness, for: "asides")
    let people = world.tenants.flatMap(\.people)
    inactive = Set(people.filter(\.isAbsent).map(\.id))
    departments = people.reduce(into: [:]) { $0[$1.id] = $1.department }
    for tenant in world.tenants {
      keys[tenant.id] = KeyState(of: tenant)
      for base in tenant.knowledge {
        documents["\(tenant.id)/\(base.id)"] = base.documents.map(\.name)
      }
    }
  }

  mutating func draw() -> [Step] {
    var beats: [(tenant: String, beat: Beat)] = []
    for tenant in world.tenants {
      let (name, plot) = self.plot(for: tenant)
      if !plot.isEmpty { plots.append(name) }
      // Two customers' plots go into each other, each in its own order.
      var position = 0
      for move in plot {
        position = dice.number(in: position...beats.count)
        beats.insert((tenant.id, .key(move)), at: position)
        position += 1
      }
    }
    for _ in 0..<dice.number(in: 2...6) {
      let tenant = dice.one(of: world.tenants).id
      let beat: Beat = dice.one(weighted: [
        (34, .ask), (9, .press), (7, .knock), (6, .deliverAgain), (9, .person), (9, .document),
        (8, .vendor), (13, .fault), (5, .jump), (1, .inspect),
      ])
      beats.insert((tenant, beat), at: dice.number(in: 0...beats.count))
    }
    play(.ask, of: world.tenants[0].id)
    for (tenant, beat) in beats {
      advance()
      play(beat, of: tenant)
      if case .ask = beat { continue }
      if dice.chance(75) {
        now += dice.seconds(in: 1...30)
        play(.ask, of: dice.chance(75) ? tenant : dice.one(of: world.tenants).id)
      }
    }
    advance()
    play(.ask, of: dice.one(of: world.tenants).id)
    if asides.chance(10) {
      let moment = asides.seconds(in: 0...Int(now.nanoseconds / 1_000_000_000))
      add(.inspect(tenant: asides.one(of: world.tenants).id), at: moment)
    }
    return steps.enumerated().sorted {
      ($0.element.timing.begins, $0.offset) < ($1.element.timing.begins, $1.offset)
    }.map(\.element)
  }

  private mutating func advance() {
    now += dice.one(weighted: [
      (2, dice.seconds(in: 0...1)), (9, dice.seconds(in: 2...15)), (8, dice.seconds(in: 15...70)),
      (3, dice.seconds(in: 70...420)),
    ])
  }

  func tenant(_ id: String) -> WorldDescription.Tenant {
    world.tenants.first { $0.id == id } ?? world.tenants[0]
  }

  mutating func add(_ action: Action, at moment: Duration? = nil) {
    steps.append(Step(line: 0, timing: .at(moment ?? now), action: action))
  }

  mutating func play(_ beat: Beat, of tenant: String) {
    switch beat {
    case .ask: ask(of: tenant)
    case .press: press()
    case .knock: knock(of: tenant)
    case .deliverAgain:
      guard !asked.isEmpty else { return }
      add(.deliverAgain(person: dice.one(of: asked).person))
    case .person: changePerson(of: tenant)
    case .document: changeDocument(of: tenant)
    case .vendor: stopVendor()
    case .fault: breakSomething(of: tenant)
    case .jump: jump()
    case .inspect: add(.inspect(tenant: tenant))
    case .key(let move): play(move, of: tenant)
    }
  }

  private mutating func jump() {
    // Processes that look after each other do so every few seconds of a month.
    guard world.replicas == 1 else {
      now += dice.seconds(in: 5...20) * 60
      return
    }
    now += dice.one(weighted: [
      (5, dice.seconds(in: 1...9) * 3_600), (3, dice.seconds(in: 1...3) * 86_400),
      (2, dice.seconds(in: 15...33) * 86_400),
    ])
  }
}
