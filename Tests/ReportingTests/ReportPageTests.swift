import Crypto
import Evidence
import Foundation
import Guarantees
import Reporting
import Testing

@Suite struct ReportPageTests {
  @Test func hostileTextCannotBecomeMarkup() throws {
    let page = try page(of: SampleRun.run())
    let scripts = page.matches(of: /<script[^>]*>/).map { String($0.0) }
    let data = scripts.filter {
      $0.wholeMatch(of: /<script type="application\/json" id="(rows|texts|s\d+-events)">/) != nil
    }
    #expect(scripts.count { $0 == "<script>" } == 1)
    #expect(data.count == 7)
    #expect(scripts.count == data.count + 1)
    #expect(page.components(separatedBy: "</script").count - 1 == scripts.count)
    #expect(!page.contains("<img"))
    #expect(!page.contains("<\u{338}"))
    #expect(!page.contains("onload='"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains(#"\u003c/script\u003e\u003cscript\u003ealert(1)"#))
    let steering = page.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || $0.value == 0x202E)
    }
    #expect(steering.isEmpty)
  }

  @Test func whatStandsInThePageAsDataIsJSON() throws {
    let run = try SampleRun.run()
    let page = try page(of: run)
    let blocks = page.matches(of: /<script type="application\/json" id="([^"]*)">([^<]*)</)
    var events: [String: Int] = [:]
    for block in blocks {
      let value = try JSONSerialization.jsonObject(with: Data(block.2.utf8))
      guard let story = value as? [String: Any] else { continue }
      events[String(block.1)] = (story["events"] as? [Any])?.count
    }
    #expect(blocks.count == 7)
    // All of the stories' events, since they fit.
    #expect(events["s1-events"] == run.scenarios[0].history?.events.count)
    #expect(events.count == 5)
  }

  @Test func nothingButItsOwnScriptAndStyleMayRun() throws {
    let page = try page(of: SampleRun.run())
    func source(_ name: String) throws -> String {
      let start = try #require(page.range(of: "<\(name)>"))
      let end = try #require(page[start.upperBound...].range(of: "</\(name)>"))
      let text = page[start.upperBound..<end.lowerBound]
      return "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }
    #expect(page.contains("default-src 'none'; script-src \(try source("script"));"))
    #expect(page.contains("style-src \(try source("style"));"))
    #expect(!page.contains("unsafe-"))
    #expect(page.matches(of: /<[^>]* (style|on[a-z]+)="/).isEmpty)
    // What reads text as markup would be refused by the policy as well.
    for word in [
      "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(",
    ] { #expect(!page.contains(word), "\(word)") }
  }

  @Test func asksNothingOfAnyNetwork() throws {
    let page = try page(of: SampleRun.run())
    for word in [
      "http://", "https://", "<link", "<iframe", "@import", "url(", "javascript:", "fetch(",
      "XMLHttpRequest", "import(", " src=",
    ] { #expect(!page.contains(word), "\(word)") }
  }

  @Test func theFirstScreenSaysOfWhomWhenAndByWhom() throws {
    let page = try page(of: SampleRun.run())
    let head = try #require(page.components(separatedBy: "</header>").first)
    for words in [
      "Does the vendor keep what", "1 of 6 promises was broken", "What it does not prove",
      "no other product", "2026-09-21", ReportFolder.key.verifying.id,
      "It does not show that the run took place as told", "Rests on sightings",
    ] { #expect(head.contains(words), "\(words)") }
  }

  @Test func namesEveryOtherFileByItsDigest() throws {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(SampleRun.run())
    let page = try folder.text("report.html")
    for name in ["report.json", "machine.json", "junit.xml", "evidence/rotation-two-years.jsonl"] {
      let bytes = try Data(contentsOf: folder.place.appending(path: name))
      let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
      #expect(page.contains(digest), "\(name)")
    }
  }

  @Test func everyLinkLeadsSomewhere() throws {
    let page = try page(of: SampleRun.run())
    let targets = page.matches(of: /href="#([^"]*)"/).map { String($0.1) }
    let anchors = page.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(targets.count > 60)
    #expect(Set(targets).subtracting(anchors).isEmpty)
    #expect(Set(anchors).count == anchors.count)
  }

  @Test func elementsAreBalanced() throws {
    let page = try page(of: SampleRun.run())
    for name in ["details", "summary", "section", "article", "table", "tr", "td", "svg", "bdi"] {
      let opened = page.matches(of: try Regex("<\(name)[ >]")).count
      let closed = page.components(separatedBy: "</\(name)>").count - 1
      #expect(opened == closed, "\(name)")
      #expect(opened > 0, "\(name)")
    }
  }

  @Test func theAnswerComesFirstAndTheWorstBeforeTheRest() throws {
    let page = try page(of: SampleRun.run())
    #expect(page.contains("The harness itself failed in 1 story, so the answer is incomplete."))
    #expect(page.contains("1 of 6 promises was broken; 3 held, 2 could not be decided."))
    let broken = try #require(page.range(of: "id=\"promise-instant-revocation\""))
    let held = try #require(page.range(of: "id=\"promise-direct-billing\""))
    #expect(broken.lowerBound < held.lowerBound)
    #expect(page.contains("reference orchestrator of this build, and no other product"))
  }

  @Test func staysSmallWithManyEvents() throws {
    var run = try SampleRun.run()
    run.scenarios = Array(repeating: run.scenarios, count: 9).flatMap { $0 }
    let page = try page(of: run)
    #expect(run.scenarios.count == 63)
    #expect(page.utf8.count < 6_000_000)
  }

  private func page(of run: RunResult) throws -> String {
    let folder = try ReportFolder()
    defer { folder.remove() }
    try folder.write(run)
    return try folder.text("report.html")
  }
}
