import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct EngineerExclusionTests {
  private static let tools: [Event.Inspection.Tool] = [
    .status, .configuration, .log, .endpoints, .database,
  ]

  /// A key that served a call, and then looks with these tools.
  private func looked(
    _ tools: [Event.Inspection.Tool],
    isInUse: Bool = true,
    answered: Bool = true,
    vendor: String = "honest",
    shown: [Event.Inspection.Shown] = []
  ) -> Finding {
    var story = Chronicle()
    story.facts.vendor = vendor
    story.begin()
    func use() { story.call("a1", for: story.ask("ana")) }
    if isInUse { use() }
    for tool in tools {
      story.record(
        .inspection(
          Event.Inspection(
            tenant: "acme",
            tool: tool,
            place: "somewhere",
            answered: answered,
            bytes: 10,
            shown: tool == tools.last ? shown : []
          )
        )
      )
    }
    if !isInUse { use() }
    return story.judge("engineer-exclusion")
  }

  @Test func everyToolWithoutAKeyHolds() {
    let finding = looked(Self.tools)
    #expect(finding.verdict == .held)
    #expect(finding.exercise.last == Finding.Count("bytes looked through", 50))
  }

  @Test(arguments: tools)
  func aToolThatWasNotUsedLeavesItOpen(_ tool: Event.Inspection.Tool) {
    let finding = looked(Self.tools.filter { $0 != tool })
    #expect(finding.verdict == .inconclusive)
    #expect(finding.sentence.hasSuffix(": \(tool.rawValue)."))
  }

  @Test func looksBeforeTheKeyWasUsedOrWithoutAnAnswerDoNotCount() {
    #expect(looked(Self.tools, isInUse: false).verdict == .inconclusive)
    #expect(looked(Self.tools, answered: false).verdict == .inconclusive)
    #expect(looked([]).sentence == "No engineer looked at the deployment.")
  }

  @Test func ofAProcessTheEnvironmentAndArgumentsAreWanted() {
    #expect(looked(Self.tools, vendor: Facts.processVendor).verdict == .inconclusive)
    let all = Self.tools + [.environment, .arguments]
    #expect(looked(all, vendor: Facts.processVendor).verdict == .held)
  }

  @Test(arguments: Event.Inspection.Tool.allCases)
  func aShownKeyIsAViolationWhateverElseWasLookedAt(_ tool: Event.Inspection.Tool) {
    let shown = Event.Inspection.Shown(key: Fingerprint("a1"), encoding: "part in hex")
    for isInUse in [true, false] {
      let finding = looked([tool], isInUse: isInUse, answered: false, shown: [shown])
      #expect(finding.verdict == .violated)
      #expect(finding.witnesses?.count == 1)
      #expect(finding.sentence.contains("shown to an engineer by \(tool.rawValue)"))
    }
  }
}
