import Foundation
import Testing

/// The report that the repository keeps is the one that its documented command makes today. What
/// belongs to a machine, a moment or a signer is left out of the comparison.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ReferenceReportTests {
  private static let folder = Bench.root.appending(path: "Reports/reference")
  private static let remedy = "build for release, run .ci/reference, commit Reports/reference"

  @Test func isWhatItsCommandMakesToday() async throws {
    try await Bench.withDirectory { directory in
      let report = directory.appending(path: "report")
      // Beside a copy of the library no score of a calibration lies about.
      let library = directory.appending(path: "Scenarios")
      try FileManager.default.copyItem(at: Bench.root.appending(path: "Scenarios"), to: library)
      let arguments = try Self.arguments() + ["--report", report.path]
      var command = Command(arguments: arguments, directory: directory)
      command.workingDirectory = directory
      let outcome = try await command.run()
      #expect(outcome.status == 0, "\(outcome.errors)")
      let kept = try Self.files(in: Self.folder)
      #expect(try Self.files(in: report) == kept, "\(Self.remedy)")
      for name in kept where Self.isReproducible(name) {
        let made = try Data(contentsOf: report.appending(path: name))
        let old = try Data(contentsOf: Self.folder.appending(path: name))
        #expect(made == old, "\(name): \(Self.remedy)")
      }
      #expect(
        try Self.page(of: report) == Self.page(of: Self.folder),
        "report.html: \(Self.remedy)"
      )
    }
  }

  @Test func fitsItsEvidenceAndItsSignature() async throws {
    try await Bench.withDirectory { directory in
      let command = Command(arguments: ["verify", Self.folder.path], directory: directory)
      let outcome = try await command.run()
      #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    }
  }

  @Test func holdsNothingOfAMachine() throws {
    for name in try Self.files(in: Self.folder) {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      for path in ["/home/", "/root/", "/tmp/", "/Users/", Bench.root.path] {
        #expect(!text.contains(path), "\(name) holds \(path)")
      }
    }
  }

  /// What the documented command hands to the program, apart from where the report goes.
  private static func arguments() throws -> [String] {
    let script = try String(
      contentsOf: Bench.root.appending(path: ".ci/reference"),
      encoding: .utf8
    )
    let lines = script.replacing("\\\n", with: " ").split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\"$program\" run ") })
    let words = line.split(separator: " ").map(String.init)
    let run = try #require(words.firstIndex(of: "run"))
    let report = try #require(words.firstIndex(of: "--report"))
    #expect(words[run..<report].count { $0.hasPrefix("Scenarios/") } >= 8)
    return Array(words[run..<report])
  }

  /// Signatures, and what a machine says of itself, are made anew each time.
  private static func isReproducible(_ name: String) -> Bool {
    !name.hasPrefix("attestations/") && name != "machine.json" && name != "report.html"
  }

  /// The page without the moment, the key and the digests of what belongs to the machine.
  private static func page(of report: URL) throws -> String {
    try String(contentsOf: report.appending(path: "report.html"), encoding: .utf8)
      .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, with: "(when)")
      .replacing(/[0-9a-f]{64}/, with: "(digest)")
  }

  private static func files(in folder: URL) throws -> [String] {
    let files = FileManager.default
    return try files.subpathsOfDirectory(atPath: folder.path).filter { name in
      var isFolder: ObjCBool = false
      return files.fileExists(atPath: folder.appending(path: name).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
