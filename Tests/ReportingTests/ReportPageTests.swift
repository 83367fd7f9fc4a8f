import Foundation
import Guarantees
import Reporting
import Testing

@Suite struct ReportPageTests {
  @Test func hostileTextCannotBecomeMarkup() throws {
    let page = try page(of: SampleRun.run())
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("<\u{338}"))
    #expect(!page.contains("onload='"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    let steering = page.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || $0.value == 0x202E)
    }
    #expect(steering.isEmpty)
  }

  @Test func asksNothingOfAnyNetwork() throws {
    let page = try page(of: SampleRun.run())
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    for word in ["http://", "https://", "<link", "<iframe", "@import", "url(", "javascript:"] {
      #expect(!page.contains(word), "\(word)")
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
