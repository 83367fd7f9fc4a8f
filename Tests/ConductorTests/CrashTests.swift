import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// A crash at every operation on wire and disk, enumerated by running: the delivery rule holds, and
/// no key is in any remains.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CrashTests {
  @Test(arguments: [("crashes/one-message.yaml", 40), ("crashes/one-rotation.yaml", 20)])
  func nothingIsLostWhereverTheVendorCrashes(file: String, atLeast: Int) async throws {
    let scenario = try Bench.scenario(file)
    #expect(scenario.crashesEverywhere)
    try await Bench.withDirectory { directory in
      let settings = try await Bench.settings(directory: directory)
      let (count, crashes, faults) = try await onOwnThread {
        var faults: [String] = []
        var crashes = 0
        let count = try CrashesEverywhere(scenario: scenario, run: settings).play {
          operation,
          history in
          let place = operation.map { "operation \($0)" } ?? "no crash"
          crashes += history.events.count { $0.kind == .vendor(.crashed) }
          faults += DeliveryRule.breaches(in: history).map { "\(place): \($0)" }
          faults += history.findings(.violated).map { "\(place): \($0.key): \($0.value)" }
          faults += history.unmetExpectations.map { "\(place): \($0.text): \($0.observed)" }
        }
        return (count, crashes, faults)
      }
      #expect(faults.isEmpty, "\(faults)")
      #expect(count >= atLeast)
      // Each operation was really struck, and the run that counts had no crash.
      #expect(crashes == count)
    }
  }

  /// The rule has teeth: a vendor that forgets what it was working on is caught by it.
  @Test func aVendorThatForgetsIsCaughtAtOneOfTheCrashes() async throws {
    let scenario = try Bench.scenario("crashes/one-message.yaml")
    let vendor = try #require(Vendor.all.first { $0.name == "loses-in-flight" })
    try await Bench.withDirectory { directory in
      let settings = try await Bench.settings(vendor: vendor, directory: directory)
      let breaches = try await onOwnThread {
        var breaches: [String] = []
        try CrashesEverywhere(scenario: scenario, run: settings).play { _, history in
          breaches += DeliveryRule.breaches(in: history)
        }
        return breaches
      }
      #expect(breaches.contains { $0.contains("has no reply") })
    }
  }

  @Test func aCrashIsAtTheOperationThatWasMeant() async throws {
    let scenario = try Bench.scenario("crashes/one-message.yaml")
    try await Bench.withDirectory { directory in
      var settings = try await Bench.settings(directory: directory)
      let plan = CrashPlan(operation: 1)
      settings.crash = plan
      let run = settings
      let history = try await onOwnThread {
        try ScenarioPlayer.play(scenario, in: .simulated, run: run)
      }
      let kinds = history.events.map(\.kind)
      let crash = try #require(kinds.firstIndex(of: .vendor(.crashed)))
      let sent = try #require(
        kinds.firstIndex { if case .messageSent = $0 { true } else { false } }
      )
      #expect(sent < crash)
      #expect(!kinds[sent...crash].contains { if case .reply = $0 { true } else { false } })
      #expect(plan.counted > 1)
    }
  }
}
