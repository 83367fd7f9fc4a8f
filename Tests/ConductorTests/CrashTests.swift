import Conductor
import Evidence
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// A crash at every operation on wire and disk, enumerated by running: the delivery rule holds, and
/// no key is in any remains.
@Suite(.serialized, .timeLimit(.minutes(10))) struct CrashTests {
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

  /// Between the manager's taking a key and the vendor's noting it the two disagree: afterwards the
  /// one in force is noted, and nothing else that was ever written is given out any more.
  @Test(arguments: ["vault", "aws", "azure-key-vault"])
  func noVersionIsLeftBehindInAManager(_ manager: String) async throws {
    let file = "crashes/rotation-in-every-manager.yaml"
    let scenario = try #require(
      try Bench.scenarios(file).first { $0.world.secretManager.rawValue == manager }
    )
    try await Bench.withDirectory { directory in
      let settings = try await Bench.settings(directory: directory)
      let (count, moves, faults) = try await onOwnThread {
        var faults: [String] = []
        var moves: Set<Bool> = []
        let count = try CrashesEverywhere(scenario: scenario, run: settings).play {
          operation,
          history in
          let place = operation.map { "operation \($0)" } ?? "no crash"
          faults += DeliveryRule.breaches(in: history).map { "\(place): \($0)" }
          faults += history.findings(.violated).map { "\(place): \($0.key): \($0.value)" }
          faults += history.unmetExpectations.map { "\(place): \($0.text): \($0.observed)" }
          let (given, present) = Self.given(history)
          if given != [present] { faults.append("\(place): \(given) are given out") }
          moves.insert(Self.lastKeyUsed(history) == Self.firstKeyUsed(history))
        }
        return (count, moves, faults)
      }
      #expect(faults.isEmpty, "\(faults)")
      #expect(count >= 60)
      // Before some operations the old key stays in force, after others the new one is.
      #expect(moves == [true, false])
    }
  }

  /// Versions that were written into the manager and not taken out of use, and the last written.
  private static func given(_ history: History) -> (given: Set<String>, present: String) {
    var given: Set<String> = []
    var present = ""
    for case .secretAccess(let access) in history.events.map(\.kind) where access.succeeded {
      let versions = (access.version ?? "").split(separator: ",").map(String.init)
      switch access.operation {
      case .write:
        given.formUnion(versions)
        present = versions.first ?? ""
      case .destroy: given.subtract(versions)
      default: break
      }
    }
    return (given, present)
  }

  private static func calls(_ history: History) -> [Event.Key?] {
    history.events.compactMap { event in
      if case .providerCall(let call) = event.kind, call.completionCanary != nil {
        call.key
      } else {
        nil
      }
    }
  }

  private static func firstKeyUsed(_ history: History) -> Event.Key? {
    calls(history).first ?? nil
  }

  private static func lastKeyUsed(_ history: History) -> Event.Key? { calls(history).last ?? nil }

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
