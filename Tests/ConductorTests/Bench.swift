import ChatPlatforms
import Conductor
import Evidence
import Foundation
import Guarantees
import Rogues
import ScenarioFiles
import Testing
import Worlds

/// What these tests share: the library of this repository, and a place to play in.
enum Bench {
  /// The repository, wherever it was checked out.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .standardizedFileURL

  /// Made once, since they cost the better part of a second.
  private static let keys = Task { try await IssuerKeys.make() }

  /// All scenarios, by file name relative to the library.
  static func library() throws -> [Scenario] {
    let loader = ScenarioLoader(
      root: "Scenarios",
      workingDirectory: root.path,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    )
    let (scenarios, diagnostics) = loader.load(paths: ["Scenarios"])
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    return scenarios
  }

  /// - Parameter file: relative to the library.
  static func scenario(_ file: String) throws -> Scenario {
    try #require(try scenarios(file).first)
  }

  /// All variants of it.
  static func scenarios(_ file: String) throws -> [Scenario] {
    let loader = ScenarioLoader(
      root: "Scenarios",
      workingDirectory: root.path,
      knownGuarantees: Catalogue.guarantees.map(\.id),
      knownVendors: Vendor.all.map(\.name)
    )
    let (scenarios, diagnostics) = loader.load(paths: ["Scenarios/\(file)"])
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.rendered))")
    return scenarios
  }

  /// Gives a directory of its own to `body`, and takes it away afterwards.
  static func withDirectory<Result>(
    _ body: (URL) async throws -> Result
  ) async throws -> Result {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "keyproof-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory)
  }

  static func settings(
    vendor: Vendor = .honest,
    seed: UInt64 = 1,
    keys: IssuerKeys? = nil,
    directory: URL
  ) async throws -> RunSettings {
    let shared = try await Self.keys.value
    return RunSettings(
      seed: seed,
      vendor: vendor,
      vendors: Vendor.all,
      issuerKeys: keys ?? shared,
      directory: directory,
      program: root.appending(path: ".build/debug/keyproof")
    )
  }

  /// Plays one file, as `keyproof run` does.
  static func play(
    _ file: String,
    in world: WorldKind = .simulated,
    vendor: Vendor = .honest,
    seed: UInt64 = 1,
    keys: IssuerKeys? = nil
  ) async throws -> History {
    try await play(try scenario(file), in: world, vendor: vendor, seed: seed, keys: keys)
  }

  static func play(
    _ scenario: Scenario,
    in world: WorldKind = .simulated,
    vendor: Vendor = .honest,
    seed: UInt64 = 1,
    keys: IssuerKeys? = nil
  ) async throws -> History {
    try await withDirectory { directory in
      let settings = try await settings(
        vendor: vendor,
        seed: seed,
        keys: keys,
        directory: directory
      )
      return try await onOwnThread {
        try ScenarioPlayer.history(of: scenario, in: world, run: settings)
      }
    }
  }
}

extension History {
  /// The ids of the guarantees with this verdict, each with its sentence.
  func findings(_ verdict: Verdict) -> [String: String] {
    Dictionary(
      Judge().findings(in: self).filter { $0.finding.verdict == verdict }
        .map { ($0.guarantee, $0.finding.sentence) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// What the file expected of its steps and did not come to pass.
  var unmetExpectations: [Event.Expectation] {
    expectations.filter { !$0.met }
  }

  var expectations: [Event.Expectation] {
    events.compactMap {
      if case .expectation(let expectation) = $0.kind { expectation } else { nil }
    }
  }
}
