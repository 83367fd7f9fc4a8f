import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// Whoever breaks a promise is caught by the promise that it breaks; whoever only looks guilty is
/// not accused.
@Suite(.serialized) struct RogueTests {
  /// Rogues whose scenario measures time wait for `keyproof calibrate`, on a quiet machine.
  static let rogues = Vendor.all.filter { !$0.breaks.isEmpty && !measuresLatency($0) }.map(\.name)
  static let innocents = Vendor.all.filter { $0.kind == .innocent }.map(\.name)

  @Test(.timeLimit(.minutes(1)), arguments: rogues)
  func aRogueIsCaught(name: String) async throws {
    let vendor = try #require(Vendor.all.first { $0.name == name })
    var caught: [String: String] = [:]
    for file in vendor.triedIn where !Set(vendor.breaks).isSubset(of: caught.keys) {
      let history = try await Bench.play(file, vendor: vendor)
      #expect(history.facts.vendor == name)
      caught.merge(history.findings(.violated)) { first, _ in first }
    }
    let missed = Set(vendor.breaks).subtracting(caught.keys)
    #expect(missed.isEmpty, "only these caught it: \(caught)")
  }

  /// In the stories where they look guilty, and in two that put everybody to the test.
  @Test(.timeLimit(.minutes(1)), arguments: innocents)
  func anInnocentIsNotAccused(name: String) async throws {
    let vendor = try #require(Vendor.all.first { $0.name == name })
    let files = Set(
      vendor.triedIn
        + ["revocation/deletion-in-mid-stream.yaml", "rotation/planned-rotation.yaml"]
    )
    for file in files.sorted() {
      let history = try await Bench.play(file, vendor: vendor)
      #expect(history.facts.vendor == name)
      #expect(history.findings(.violated).isEmpty, "\(file)")
      #expect(!history.findings(.held).isEmpty, "\(file)")
    }
  }

  /// What a careless checker would accuse them of does happen.
  @Test func innocentsReallyLookGuilty() async throws {
    func story(_ vendor: Vendor, _ file: String) async throws -> Story {
      Story(try await Bench.play(file, vendor: vendor))
    }
    let probing = try await story(.innocentMinuteProbe, "revocation/deletion-under-traffic.yaml")
    #expect(probing.calls.contains { $0.of.status == 401 && $0.message == nil })
    let insisting = try await story(.innocentThirdTry, "revocation/two-quiet-days.yaml")
    #expect(
      insisting.messages.contains { message in
        message.calls.count { insisting.calls[$0].of.status == 401 } == 3
      }
    )
    let repeating = try await story(.innocentRepetition, "leakage/same-question-twice.yaml")
    let completions = repeating.calls.count { $0.of.completionCanary != nil }
    #expect(repeating.replies.count { $0.of.nature == .answer } > completions)
    let late = try await story(.innocentLateThanks, "billing/ordinary-day.yaml")
    #expect(late.messages.contains { $0.deliveries.contains { $0.of.attempt > 1 } })
  }

  @Test func aStandbyKeyIsReallyUsed() async throws {
    let vendor = try #require(Vendor.all.first { $0.wantsStandbyKeys })
    let history = try await Bench.play("revocation/deletion-in-mid-stream.yaml", vendor: vendor)
    let story = Story(history)
    let calls = story.calls.filter { call in
      call.of.succeeded && story.keys.name(of: call.of.key) == "acme/standby"
    }
    #expect(calls.count > 10)
  }

  /// The provider reads one of two headers; what stands in the other went over the wire too.
  @Test func aSecondKeyInOneRequestOfFiftyIsNamed() async throws {
    let history = try await Bench.play("billing/ordinary-day.yaml", vendor: .carriesSecondKey)
    let places = history.events.compactMap { event -> String? in
      guard case .sighting(let sighting) = event.kind, sighting.surface == .request else {
        return nil
      }
      return sighting.place
    }
    #expect(places == ["api.openai.com api-key, a second key"])
    let violated = Set(history.findings(.violated).keys)
    #expect(violated == ["right-destination", "encrypted-custody"])
  }

  @Test func everyRogueSaysWhereItIsTried() {
    for vendor in Vendor.all where !vendor.breaks.isEmpty {
      #expect(!vendor.triedIn.isEmpty, "\(vendor.name)")
    }
    #expect(Self.rogues.count >= 70)
    #expect(Self.innocents.count >= 9)
  }

  /// The library plays this control in every run: a checker that lost its teeth is seen there.
  @Test func theControlBringsOutWhatItExpects() async throws {
    let control = try Bench.scenario("controls/vendor-falls-back-to-own-key.yaml")
    let history = try await Bench.play("controls/vendor-falls-back-to-own-key.yaml")
    #expect(history.facts.vendor == control.vendor)
    let violated = history.findings(.violated)
    #expect(!control.expectedVerdicts.isEmpty)
    for expected in control.expectedVerdicts {
      #expect(expected.verdict == Verdict.violated.rawValue)
      #expect(violated[expected.guarantee] != nil, "\(expected.guarantee)")
    }
  }

  private static func measuresLatency(_ vendor: Vendor) -> Bool {
    vendor.triedIn.contains { (try? Bench.scenario($0))?.measuresLatency == true }
  }
}
