import Evidence
import Guarantees
import Testing

@Suite struct ShardTests {
  @Test(arguments: ["1/2", "2/2", "8/8", "3/100"])
  func aPartReadsAsItIsSaid(text: String) {
    #expect(Shard(text)?.description == text)
  }

  @Test(arguments: ["", "/", "0/2", "3/2", "1/1", "-1/2", "01/2", "1/2/3", " 1/2", "a/b"])
  func whatIsNoPartIsRefused(text: String) {
    #expect(Shard(text) == nil)
  }
}

/// A search that knows no key finds what looks like one.
@Suite struct MockKeySearchTests {
  private static let key = "sk-proj-mock-" + String(repeating: "Aa9Zz0", count: 16)

  @Test(arguments: [
    (key, true), ("x\(key)y", true), ("azure-mock-" + String(repeating: "k", count: 73), true),
    ("entra-mock-1", false), ("sk-proj-mock-", false), ("-mock--mock-" + key, true), ("", false),
    (String(key.dropLast(70)), false),
  ])
  func keysOfTheMocksAreFound(text: String, isFound: Bool) {
    let found = Array(text.utf8).withUnsafeBytes { MockKeySearch.isFound($0) }
    #expect(found == isFound)
  }
}
