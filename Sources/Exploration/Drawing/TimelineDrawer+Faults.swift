import ScenarioFiles
import Worlds

extension TimelineDrawer {
  mutating func stopVendor() {
    // Who is still down cannot be stopped once more.
    now = max(now, vendorIsUpAt + .seconds(5))
    let pause = dice.seconds(in: 1...20)
    let replica = world.replicas > 1 ? dice.number(in: 1...world.replicas) : nil
    switch dice.number(in: 0...9) {
    case 0...4: add(.crashVendor(downFor: pause, replica: dice.chance(70) ? replica : nil))
    case 5...6: add(.restartVendor(downFor: pause, replica: dice.chance(70) ? replica : nil))
    default:
      // An upgrade: one process after the other.
      for index in 0..<world.replicas {
        add(
          .restartVendor(downFor: pause, replica: world.replicas > 1 ? index + 1 : nil),
          at: now + (pause + .seconds(30)) * index
        )
      }
      vendorIsUpAt = now + (pause + .seconds(30)) * (world.replicas - 1)
    }
    vendorIsUpAt = max(vendorIsUpAt, now) + pause
  }

  /// A fault with an end, and people who ask meanwhile.
  mutating func breakSomething(of tenant: String) {
    var places: [(Int, FaultDescription.Place)] = [
      (6, .provider), (3, .chatPlatform), (3, .directory),
    ]
    if world.secretManager != .embedded { places.append((5, .secretManager)) }
    let place = dice.one(weighted: places)
    // Two faults at one place would put an end to each other.
    now = max(now, (faultEnds[place] ?? .zero) + .seconds(10))
    let lasting = dice.one(weighted: [
      (3, dice.seconds(in: 5...20)), (4, dice.seconds(in: 20...90)),
      (2, dice.seconds(in: 90...400)),
    ])
    faultEnds[place] = now + lasting
    var kind = kind(at: place)
    // An account without credit, now and then.
    if place == .provider, case .status = kind, asides.chance(20) {
      kind = .status(402, retryAfter: nil)
    }
    add(.fault(.init(kind: kind, place: place, lasting: lasting)))
    let begin = now
    for _ in 0..<dice.number(in: 1...2) {
      now =
        begin
        + .milliseconds(lasting.nanoseconds / 1_000_000 * Int64(dice.number(in: 2...90)) / 100)
      ask(of: tenant)
    }
    now = begin + (dice.chance(60) ? lasting : .seconds(1))
  }

  private mutating func kind(at place: FaultDescription.Place) -> FaultDescription.Kind {
    var kinds: [FaultDescription.Kind] = [
      .outage, .outage, .slow(dice.seconds(in: 1...12)), .loss(percent: dice.number(in: 10...60)),
      .duplication(percent: dice.number(in: 10...60)), .reset(percent: dice.number(in: 10...60)),
    ]
    switch place {
    case .provider:
      let status = dice.one(of: [401, 403, 429, 429, 500, 503])
      let wait = status == 429 && dice.chance(50) ? dice.seconds(in: 1...20) : nil
      kinds += [
        .status(status, retryAfter: wait), .status(status, retryAfter: wait),
        .redirect(to: "harvest.example"),
      ]
    case .directory: kinds.append(.status(dice.one(of: [429, 500, 503]), retryAfter: nil))
    case .chatPlatform: kinds.append(.disorder(dice.seconds(in: 1...8)))
    case .secretManager: kinds += [.sealed, .refusing]
    }
    return dice.one(of: kinds)
  }
}
