import Foundation
import ScenarioFiles
import Testing

/// Files that were written to do harm end in a clear message, and soon.
@Suite struct HostileFileTests {
  private func messages(of data: Data) throws -> [String] {
    let library = try TemporaryLibrary()
    try library.write("s.yaml", data)
    let started = ContinuousClock.now
    let (scenarios, diagnostics) = library.load("s.yaml")
    // Generous, since tests run side by side: without bounds it would be minutes or for ever.
    #expect(ContinuousClock.now - started < .seconds(20))
    #expect(scenarios.isEmpty)
    #expect(diagnostics.count <= 101)
    #expect(diagnostics.allSatisfy { $0.rendered.utf8.count < 4_096 })
    return diagnostics.map(\.message)
  }

  private func messages(of text: String) throws -> [String] {
    try messages(of: Data(text.utf8))
  }

  @Test func sizeIsLimited() throws {
    let tooLarge = Data(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)
    #expect(try messages(of: tooLarge) == ["the file is larger than 1 MiB"])
    let largest = Data(repeating: UInt8(ascii: "#"), count: 1 << 20)
    #expect(try messages(of: largest) == ["the file is empty"])
  }

  @Test func depthIsLimited() throws {
    let flow = String(repeating: "[", count: 500_000)
    #expect(try messages(of: flow) == ["nested too deeply"])
    let block = String(repeating: "- ", count: 400_000) + "x"
    #expect(try messages(of: block) == ["nested too deeply"])
    let seventeen = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
    #expect(try messages(of: "scenario: \(seventeen)").contains("nested too deeply"))
  }

  @Test func aliasesDoNotMultiply() throws {
    var laughs = "a: &a [x, x]\n"
    for level in 0..<60 { laughs += "? *a\n: b\(level)\n" }
    let found = try messages(of: laughs)
    #expect(found.first?.hasPrefix("anchors ('&name') are not part of this language") == true)
    #expect(try messages(of: "a: *a").first?.hasPrefix("aliases ('*name') are not part") == true)
    #expect(try messages(of: "? - x\n: y").first?.hasPrefix("keys that begin with '? '") == true)
    #expect(try messages(of: "a: !!binary x").first?.hasPrefix("tags ('!name')") == true)
    #expect(try messages(of: "\"a\":&b x").first?.hasPrefix("anchors ('&name')") == true)
    #expect(try messages(of: "[a,&b x]").first?.hasPrefix("anchors ('&name')") == true)
  }

  @Test func aHundredThousandErrorsAreCutShort() throws {
    var text = ""
    for number in 0..<50_000 { text += "word\(number): x\n" }
    let found = try messages(of: "scenario: S\n" + text)
    #expect(found.count == 101)
    #expect(found.last == "more than 100 errors; the rest of them is not shown")
  }

  @Test func placesToFillInAreCounted() throws {
    let places = String(repeating: "${a}", count: 150_000)
    let value = String(repeating: "x", count: 200)
    let found = try messages(
      of: "scenario: S\nparameters: { a: \(value) }\nabout: \"\(places)\"\n"
    )
    #expect(found.first == "more than 100000 places to fill in, over all stories")
    let matrix = (0..<1_000).map { "a\($0): [x, y]" }.joined(separator: ", ")
    #expect(
      try messages(of: "scenario: S\nmatrix: { \(matrix) }\n").first
        == "this would be more than 64 stories"
    )
  }

  @Test func namesThatChainAreFollowedInBoundedTime() throws {
    var steps = "timeline:\n"
    for number in 0..<10_000 {
      steps += "  - { at: 1s after s\(number + 1), name: s\(number), pause: {} }\n"
    }
    let found = try messages(of: "scenario: S\n" + steps)
    #expect(found.contains { $0.hasPrefix("unknown step 's10000'") })
  }

  @Test func invalidTextIsRefused() throws {
    #expect(try messages(of: Data([0x61, 0x3A, 0xFF])) == ["the file is not valid UTF-8"])
    #expect(try messages(of: Data([0x61, 0x00])).first?.hasPrefix("a control character") == true)
    #expect(try messages(of: "a:\tb") == ["a tab; indent with spaces"])
    #expect(try messages(of: "a: b\rc: d").first?.hasPrefix("a line break of an unusual") == true)
    #expect(try messages(of: "a: b\u{2028}").first?.hasPrefix("a line break of an unusual") == true)
    #expect(try messages(of: "") == ["the file is empty"])
    #expect(try messages(of: "a: [").count == 1)
    #expect(try messages(of: "a: \"\\uD800\"").count == 1)
    #expect(
      try messages(of: "a: b\n---\nc: d") == ["a second document begins here; a file holds one"]
    )
  }

  @Test func carriageReturnsBeforeLineFeedsAreFine() throws {
    let library = try TemporaryLibrary()
    let text = TemporaryLibrary.scenario(timeline: "  - { at: 1m, pause: {} }")
    try library.write("s.yaml", "\u{FEFF}" + text.replacing("\n", with: "\r\n"))
    #expect(library.load("s.yaml").diagnostics.map(\.rendered) == [])
  }

  @Test func pathsStayInTheLibrary() throws {
    let library = try TemporaryLibrary()
    let outside = try TemporaryLibrary()
    try FileManager.default.createSymbolicLink(
      atPath: library.folder + "/worlds/link.yaml",
      withDestinationPath: outside.folder + "/worlds/small.yaml"
    )
    for path in ["../../etc/passwd", "/etc/passwd", "./worlds/small.yaml", "worlds//small.yaml"] {
      let (_, diagnostics) = try library.load(
        timeline: "  - { at: 1m, pause: {} }",
        world: path
      )
      #expect(
        diagnostics.map(\.message) == [
          "'\(path)': the path must lead straight down from the file's own folder or from the "
            + "library's root, without '..' or '.'"
        ]
      )
    }
    let (_, linked) = try library.load(
      timeline: "  - { at: 1m, pause: {} }",
      world: "worlds/link.yaml"
    )
    #expect(linked.map(\.message) == ["'worlds/link.yaml': the path leads out of '.'"])
  }

  @Test func pipesAndDevicesAreNotRead() throws {
    let library = try TemporaryLibrary()
    let (_, diagnostics) = library.load("/dev/zero", "worlds", "nothing.yaml")
    #expect(
      diagnostics.map(\.rendered) == [
        "/dev/zero: error: this is not a regular file",
        "nothing.yaml: error: there is no such file",
      ]
    )
  }

  @Test func foldersAreWalkedInOrderAndFilesReadOnce() throws {
    let library = try TemporaryLibrary()
    let text = TemporaryLibrary.scenario(timeline: "  - { at: 1m, pause: {} }")
    for name in ["b/2.yaml", "b/1.yaml", "a/3.yaml", ".hidden/4.yaml"] {
      try library.write(name, text)
    }
    let (scenarios, diagnostics) = library.load("b/2.yaml", ".", "a")
    #expect(diagnostics.map(\.rendered) == [])
    #expect(scenarios.map(\.file) == ["b/2.yaml", "a/3.yaml", "b/1.yaml"])
    #expect(scenarios.map(\.family) == ["b", "a", "b"])
  }

  @Test func aBrokenWorldIsReportedOnce() throws {
    let library = try TemporaryLibrary()
    try library.write("worlds/small.yaml", "world: W\nstarts: soon\ntenants: {}\n")
    let text = TemporaryLibrary.scenario(timeline: "  - { at: 1m, ask: { who: ana, text: a } }")
    try library.write("a/1.yaml", text)
    try library.write("a/2.yaml", text)
    let (scenarios, diagnostics) = library.load(".")
    #expect(scenarios.isEmpty)
    #expect(diagnostics.map(\.file) == ["worlds/small.yaml", "worlds/small.yaml"])
  }
}
