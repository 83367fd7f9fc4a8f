import Testing

@testable import Orchestrator

@Suite struct TextTests {
  @Test func `Texts are split at lines, then blanks, then anywhere, and nothing is lost`() {
    func parts(_ text: String) -> [String] {
      TextSplitter.parts(of: text, limit: 10) { $0.utf16.count }
    }
    #expect(parts("") == [""])
    #expect(parts("0123456789") == ["0123456789"])
    #expect(parts("0123456789a") == ["0123456789", "a"])
    #expect(parts("012345\n789abc") == ["012345\n", "789abc"])
    #expect(parts("012345 789abc") == ["012345 ", "789abc"])
    #expect(parts("😀😀😀😀😀😀") == ["😀😀😀😀😀", "😀"])
  }

  @Test func `Markdown becomes what each platform shows`() {
    let markdown = "# Head\n**bold** and [site](https://a.test)\n- item\n```\n**code**\n```"
    #expect(PlatformText.teams(markdown).hasPrefix("**Head**\n**bold** and [site]"))
    #expect(
      PlatformText.googleChat(markdown)
        == "*Head*\n*bold* and <https://a.test|site>\n* item\n```\n**code**\n```"
    )
    #expect(PlatformText.googleChat("a [b and ] (c)") == "a [b and ] (c)")
  }

  @Test func `Endpoints are plain addresses and nothing else`() {
    #expect(Endpoint("https://a.test/x/")?.path == "/x")
    #expect(Endpoint("https://a.test:8443")?.authority == "a.test:8443")
    for bad in [
      "", "a.test", "ftp://a.test", "https://", "https://u@a.test/", "https://a.test/?q",
      "https://a.test/a b", "https://a.test\\@b.test/",
    ] {
      #expect(Endpoint(bad) == nil, "\(bad)")
    }
    #expect("19:x@thread;m=1/ä".percentEncoded == "19%3Ax%40thread%3Bm%3D1%2F%C3%A4")
  }

  @Test func `Every refusal tells what to do`() {
    for refusal in Refusal.allCases {
      #expect(refusal.words.contains("lease"), "\(refusal)")
      #expect(!refusal.words.contains("sk-"))
    }
  }
}
