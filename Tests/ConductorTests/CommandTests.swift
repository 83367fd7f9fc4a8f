import Foundation
import Guarantees
import Rogues
import Testing

/// The program as people and CI meet it: exit codes, and what is said where.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CommandTests {
  static let planned = "Scenarios/rotation/planned-rotation.yaml"

  // MARK: Bad input

  @Test func aMistakeInAFileIsShownAtItsPlace() async throws {
    try await Bench.withDirectory { directory in
      let text = """
        scenario: A mistake
        about: A file with a word that nobody knows.
        shows: [direct-billing]
        world: worlds/two-departments.yaml
        timelime: []
        """
      let file = directory.appending(path: "mistake.yaml")
      try Data(text.utf8).write(to: file)
      for command in ["run", "validate"] {
        let outcome = try await keyproof([command, file.path], in: directory)
        #expect(outcome.status == ExitStatus.badScenario.rawValue)
        #expect(outcome.errors.contains("\(file.path):5:1: error: "))
        #expect(outcome.errors.contains("timeline"), "no suggestion in: \(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
    }
  }

  @Test(arguments: ["shows: [\n", "\u{1}\u{2}", "- a\n- list\n", ""])
  func whatIsNoScenarioIsABadScenario(text: String) async throws {
    try await Bench.withDirectory { directory in
      let file = directory.appending(path: "broken.yaml")
      try Data(text.utf8).write(to: file)
      let report = directory.appending(path: "report")
      let outcome = try await keyproof(["run", file.path, "--report", report.path], in: directory)
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains("\(file.path):"))
      #expect(outcome.errors.contains("error: "))
      #expect(!FileManager.default.fileExists(atPath: report.path))
    }
  }

  @Test func aMissingFileIsABadScenario() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["run", "Scenarios/nowhere.yaml"], in: directory)
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains("Scenarios/nowhere.yaml: error: "))
    }
  }

  @Test(arguments: [
    (["run", planned, "--filter", "no-guarantee"], "no-guarantee"),
    (["run", planned, "--allow-inconclusive", "no-guarantee"], "no-guarantee"),
    (["run", planned, "--vendor", "nobody"], "nobody"),
    (["run", planned, "--seed", "soon"], "soon"),
    (["run", planned, "--seed", "-1"], "seed"),
    (["run", planned, "--world", "real"], "real"),
    (["run", planned, "--colour"], "--colour"),
    (["guarantees", "no-guarantee"], "no-guarantee"),
    (["vendors", "honst"], "'honest'"), (["validate", "--library", "nowhere"], "nowhere"),
    (["run", planned, "--variant", "manager=vault"], "none of these files has a 'matrix'"),
    (["prove"], "prove"),
  ])
  func aWrongWordIsAUsageError(arguments: [String], word: String) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(arguments, in: directory)
      #expect(outcome.status == ExitStatus.usage.rawValue)
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test(arguments: [
    [planned, "--filter", "tenant-isolation"],
    ["Scenarios/latency/customer-key-against-vendor-key.yaml", "--world", "simulated"],
    ["Scenarios/controls/vendor-falls-back-to-own-key.yaml", "--vendor", "logs-the-key"],
  ])
  func nothingSelectedIsInconclusive(arguments: [String]) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["run"] + arguments, in: directory)
      #expect(outcome.status == ExitStatus.inconclusive.rawValue)
      #expect(outcome.errors == "keyproof: error: nothing to run: no scenario matches\n")
    }
  }

  // MARK: What the catalogues say

  @Test func theCatalogueListsEveryGuarantee() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["guarantees"], in: directory)
      #expect(outcome.status == 0)
      let lines = outcome.output.split(separator: "\n").map(String.init)
      #expect(lines.count == Catalogue.entries.count)
      for (line, entry) in zip(lines, Catalogue.entries) {
        #expect(line.hasPrefix(entry.id + " "))
        #expect(line.hasSuffix(entry.statement))
      }
    }
  }

  @Test func aGuaranteeIsExplained() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["guarantees", "no-pooling"], in: directory)
      let guarantee = try #require(Catalogue.guarantee("no-pooling"))
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmpty)
      for text in [guarantee.statement, guarantee.source, guarantee.consequence] {
        #expect(outcome.output.contains(text))
      }
      #expect(outcome.output.contains("billing/ordinary-day.yaml"))
      for rogue in Vendor.all where rogue.breaks.contains("no-pooling") {
        #expect(outcome.output.contains(rogue.name))
      }
    }
  }

  @Test func `The catalogue is there for machines too, and a limit is explained`() async throws {
    try await Bench.withDirectory { directory in
      let whole = try await keyproof(["guarantees", "--json"], in: directory)
      let document = try JSONDecoder().decode(Listed.self, from: Data(whole.output.utf8))
      #expect(document.format == "keyproof-catalogue/1")
      #expect(document.entries.map(\.id) == Catalogue.entries.map(\.id))
      let pooling = try #require(document.entries.first { $0.id == "no-pooling" })
      #expect(pooling.scenarios.contains("billing/ordinary-day.yaml"))
      #expect(!pooling.rogues.isEmpty && pooling.claims == ["pure", "hybrid", "self-hosted"])
      let limit = try await keyproof(["guarantees", "vendor-can-log"], in: directory)
      #expect(limit.status == 0)
      #expect(limit.output.contains("self-hosted: no"))
      #expect(limit.output.contains("never compliance"))
    }
  }

  private struct Listed: Decodable {
    struct Entry: Decodable {
      struct Rogue: Decodable { var name: String }
      var id: String
      var scenarios: [String]
      var rogues: [Rogue]
      private var scopes: [String: String]
      var claims: Set<String> { Set(scopes.keys) }

      private enum CodingKeys: String, CodingKey {
        case id, scenarios, rogues
        case scopes = "claims"
      }
    }

    var format: String
    var entries: [Entry]
  }

  @Test func `A mistyped id is answered with the nearest`() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["guarantees", "no-poling"], in: directory)
      #expect(outcome.status == ExitStatus.usage.rawValue)
      #expect(outcome.errors.contains("did you mean 'no-pooling'?"))
    }
  }

  @Test func aVendorsSheetSaysWhatAStoryNeeds() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["vendors", "remembers-departments"], in: directory)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("Somebody asks while there are documents"))
      #expect(outcome.output.contains("leakage/change-of-department.yaml"))
      #expect(outcome.output.contains("steps: ask, move"))
    }
  }

  @Test func anUnknownVariantListsThoseThatThereAre() async throws {
    try await Bench.withDirectory { directory in
      let file = "Scenarios/custody/rotation-in-every-manager.yaml"
      let outcome = try await keyproof(["run", file, "--variant", "manager=vult"], in: directory)
      #expect(outcome.status == ExitStatus.usage.rawValue)
      #expect(outcome.errors.contains("  manager=vault\n"))
    }
  }

  @Test func allVendorsAreListed() async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await keyproof(["vendors"], in: directory)
      #expect(outcome.status == 0)
      let lines = outcome.output.split(separator: "\n").map(String.init)
      #expect(lines.count == Vendor.all.count)
      for (line, vendor) in zip(lines, Vendor.all) {
        #expect(line.hasPrefix(vendor.name + " "))
        for guarantee in vendor.breaks { #expect(line.contains(guarantee)) }
      }
    }
  }

  @Test func theLibraryIsWellFormed() async throws {
    try await Bench.withDirectory { directory in
      let whole = try await keyproof(["validate"], in: directory)
      #expect(whole.status == 0)
      #expect(whole.errors.isEmpty)
      #expect(whole.output.hasSuffix(" scenarios are well-formed.\n"))
      let one = try await keyproof(["validate", Self.planned], in: directory)
      #expect(one.status == 0)
      #expect(one.output.hasPrefix("1 "))
    }
  }

  private func keyproof(_ arguments: [String], in directory: URL) async throws -> Command.Outcome {
    try await Command(arguments: arguments, directory: directory).run()
  }
}
