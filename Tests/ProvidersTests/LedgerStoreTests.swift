import Foundation
import Secrets
import Testing
import Worlds

@testable import Providers

@Suite struct LedgerStoreTests {
  @Test func bothStoresSayTheSame() throws {
    try withFile { path in
      let memory = MemoryLedger()
      let file = try SQLiteLedger(path: path)
      var generator = Randomness(seed: 3).generator("rows")
      for number in 0..<2_000 {
        let row = Self.row(number, &generator)
        memory.book(row)
        file.book(row)
      }
      for dimensions in [[], [.model], [.project, .key], UsageDimension.allCases] {
        for bucket in [Duration.seconds(60), .seconds(3_600), .seconds(86_400)] {
          var query = UsageQuery(
            organizationID: "org-1",
            from: Timestamp(unixSeconds: 1_000),
            to: Timestamp(unixSeconds: 7_000),
            bucket: bucket,
            category: .completions
          )
          query.groupBy = Set(dimensions)
          let expected = memory.totals(query)
          #expect(try file.totals(query) == expected)
          #expect(!expected.isEmpty)
          query.filters = [.key: ["key_3", "key_5"]]
          #expect(try file.totals(query) == memory.totals(query))
        }
      }
      var filter = LedgerFilter()
      filter.keyID = "key_2"
      filter.status = 200
      filter.from = Timestamp(unixSeconds: 2_000)
      let expected = memory.rows(filter, after: 17, limit: 5)
      #expect(expected.count == 5)
      #expect(try file.rows(filter, after: 17, limit: 5) == expected)
      #expect(try file.lastOrder() == memory.lastOrder())
    }
  }

  @Test(arguments: ["memory", "file"])
  func numbersAreGivenOnce(kind: String) throws {
    try withFile { path in
      let ledger: any LedgerStore =
        kind == "memory" ? MemoryLedger() : try SQLiteLedger(path: path)
      var generator = Randomness(seed: 5).generator("rows")
      for number in 0..<3 { ledger.book(Self.row(number, &generator)) }
      #expect(try ledger.rows(LedgerFilter(), after: 0, limit: 9).map(\.sequence) == [1, 2, 3])
      try ledger.clear()
      #expect(try ledger.rows(LedgerFilter(), after: 0, limit: 9).isEmpty)
      #expect(try ledger.lastOrder() == 0)
      for number in 3..<5 { ledger.book(Self.row(number, &generator)) }
      #expect(try ledger.rows(LedgerFilter(), after: 3, limit: 9).map(\.sequence) == [4, 5])
      #expect(try ledger.rows(LedgerFilter(), after: 4, limit: 9).map(\.sequence) == [5])
      #expect(try ledger.rows(LedgerFilter(), after: 5, limit: 9).isEmpty)
      #expect(try ledger.lastOrder() == 5)
    }
  }

  @Test func sumsThatNobodyCanPayDoNotTrap() {
    let price = NanoDollars(10_000_000)
    #expect((price * 900_000_000_000).count == 9_000_000_000_000_000_000)
    #expect(price * 923_000_000_000 == NanoDollars.most)
    #expect(NanoDollars.most + price == NanoDollars.most)
    #expect(ModelPrice(model: "m", input: "10000")?.input == price)
    #expect(ModelPrice(model: "m", input: "10000.001") == nil)
    #expect(ModelPrice(model: "m", input: "1", output: "999999999") == nil)
  }

  @Test func nothingIsLostBetweenTwoLives() throws {
    try withFile { path in
      var generator = Randomness(seed: 4).generator("rows")
      do {
        let first = try SQLiteLedger(path: path)
        for number in 0..<5_000 { first.book(Self.row(number, &generator)) }
        try first.flush()
      }
      let second = try SQLiteLedger(path: path)
      #expect(try second.lastOrder() == 5_000)
      second.book(Self.row(5_000, &generator))
      let rows = try second.rows(LedgerFilter(), after: 4_999, limit: 9)
      #expect(rows.map(\.sequence) == [5_000, 5_001])
      try second.clear()
      #expect(try second.rows(LedgerFilter(), after: 0, limit: 9).isEmpty)
      second.book(Self.row(1, &generator))
      #expect(try second.rows(LedgerFilter(), after: 0, limit: 9).count == 1)
    }
  }

  @Test func aFileThatIsNoLedgerIsRefused() throws {
    try withFile { path in
      try Data("not a database, but long enough to be looked at as one".utf8)
        .write(to: URL(fileURLWithPath: path))
      #expect(throws: (any Error).self) { try SQLiteLedger(path: path) }
    }
  }

  @Test func moneyIsReadAndWrittenExactly() {
    for (text, count) in [
      ("0", 0), ("0.15", 150_000_000), ("2.50", 2_500_000_000), ("0.000000001", 1),
      ("12", 12_000_000_000),
    ] as [(String, Int64)] {
      #expect(NanoDollars(dollars: text)?.count == count)
    }
    for text in ["", ".", "1.", ".5", "-1", "1e3", "0.0000000001", "1.2.3", "２", "1,5"] {
      #expect(NanoDollars(dollars: text) == nil, "\(text)")
    }
    #expect(NanoDollars(495_000).dollars == "0.000495")
    #expect(NanoDollars(12_500_000_000).dollars == "12.5")
    #expect(NanoDollars(-1).dollars == "-0.000000001")
    #expect(NanoDollars(3_000_000_000).dollars == "3")
  }

  @Test func pricesAreFoundByVersionAndNotByResemblance() {
    let table = PriceTable.standard
    #expect(table.sorted.count == 18)
    #expect(table.price(of: "gpt-4o-mini-2024-07-18")?.input == NanoDollars(150))
    #expect(table.price(of: "gpt-4o-2024-05-13")?.output == NanoDollars(15_000))
    #expect(table.price(of: "gpt-5-nano")?.cachedInput == NanoDollars(5))
    #expect(table.price(of: "text-embedding-ada-002-v2")?.input == NanoDollars(100))
    #expect(table.price(of: "gpt-4o-audio") == nil)
    #expect(table.price(of: "gpt") == nil)
    #expect(ModelPrice(model: "m", input: "0.0375") == nil)
    #expect(ModelPrice(model: "m", input: "0.037")?.input == NanoDollars(37))
    for model in OpenAIModel.standard {
      #expect(table.price(of: model.snapshot) != nil, "\(model.snapshot) has no price")
    }
  }

  private static func row(_ number: Int, _ generator: inout SeededGenerator) -> LedgerRow {
    let key = generator.below(8)
    let isChat = generator.chance(2, in: 3)
    let moment = Timestamp(unixSeconds: Int64(number * 4))
    let isBilled = generator.chance(9, in: 10)
    return LedgerRow(
      account: LedgerRow.Account(
        organizationID: "org-\(key % 2)",
        projectID: "proj_\(key % 4)",
        keyID: "key_\(key)",
        fingerprint: Fingerprint("f\(key)"),
        userID: key == 5 ? "" : "user-\(key % 2)",
        endpoint: isChat ? "/v1/chat/completions" : "/v1/embeddings",
        model: isChat ? "gpt-4o" : "text-embedding-3-small",
        snapshot: isChat ? "gpt-4o-2024-08-06" : "text-embedding-3-small"
      ),
      order: number + 1,
      requestID: "req_\(number)",
      arrivedAt: moment,
      authenticatedAt: moment,
      endedAt: moment + .milliseconds(generator.below(3_000)),
      status: isBilled ? 200 : 429,
      errorCode: isBilled ? nil : "rate_limit_exceeded",
      outcome: isBilled ? .completed : .refused,
      isStreamed: false,
      isGrace: false,
      isBilled: isBilled,
      promptTokens: generator.below(4_000),
      cachedTokens: 0,
      completionTokens: generator.below(900)
    )
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("ledger-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.appendingPathComponent("ledger.sqlite").path)
  }
}
