import Foundation
import HTTPTypes
import Providers
import Secrets
import Testing
import Worlds

@Suite struct BooksTests {
  @Test func usageIsTheSumOfTheLedger() async throws {
    let office = try Office()
    let second = try office.mock.createKey("second", project: office.project)
    let start = office.clock.now.unixSeconds
    for number in 0..<6 {
      try await office.ask("Question number \(number)", key: number < 2 ? second.secret : nil)
      try await office.ask("Refused", key: Secret("sk-nobody-has-this-key"))
      office.clock.advance(.seconds(30))
    }
    let rows = try office.mock.ledgerStore.rows(LedgerFilter(), after: 0, limit: 100)
    #expect(rows.count == 6 && rows.allSatisfy(\.isBilled))
    for query in ["group_by=api_key_id", "group_by[]=api_key_id", "group_by%5B%5D=api_key_id"] {
      let page = try await office.administer(
        .get,
        "/usage/completions?start_time=\(start)&bucket_width=1m&\(query)"
      )
      let results = page.data.flatMap { $0["results"] as? [[String: Any]] ?? [] }
      for key in [office.key.id, second.id] {
        let mine = results.filter { $0["api_key_id"] as? String == key }
        let booked = rows.filter { $0.account.keyID == key }
        #expect(mine.sum("input_tokens") == booked.reduce(0) { $0 + $1.promptTokens })
        #expect(mine.sum("output_tokens") == booked.reduce(0) { $0 + $1.completionTokens })
        #expect(mine.sum("num_model_requests") == booked.count)
      }
      #expect(results.allSatisfy { $0["model"] is NSNull && $0["project_id"] is NSNull })
    }
  }

  @Test func aCallIsInTheBucketOfItsSecond() async throws {
    let office = try Office(clock: HandClock(Timestamp(unixSeconds: 1_799_999_999)))
    try await office.ask()
    office.clock.advance(.seconds(1))
    try await office.ask()
    func calls(_ start: Int, _ end: Int) async throws -> Int {
      try await office.administer(.get, "/usage/completions?start_time=\(start)&end_time=\(end)")
        .data.flatMap { $0["results"] as? [[String: Any]] ?? [] }.sum("num_model_requests")
    }
    #expect(try await calls(1_799_999_999, 1_800_000_001) == 2)
    #expect(try await calls(1_800_000_000, 1_800_000_001) == 1)
    #expect(try await calls(1_799_999_999, 1_800_000_000) == 1)
    #expect(try await calls(1_799_999_000, 1_799_999_999) == 0)
  }

  @Test func pagesOfBucketsMeetAndEmptyOnesStay() async throws {
    let office = try Office()
    let start = office.clock.now.unixSeconds - 90
    try await office.ask()
    let path = "/usage/completions?start_time=\(start)&end_time=\(start + 300)&bucket_width=1m"
    let whole = try await office.administer(.get, path).data
    var parts: [[String: Any]] = []
    var page = ""
    while true {
      let part = try await office.administer(.get, "\(path)&limit=2\(page)")
      parts += part.data
      guard let next = part.object["next_page"] as? String else { break }
      page = "&page=" + next.replacing("=", with: "%3D")
    }
    #expect(parts.count == whole.count && whole.count == 6)
    let ends = parts.compactMap { $0["end_time"] as? Int }
    let starts = parts.compactMap { $0["start_time"] as? Int }
    #expect(Array(starts.dropFirst()) == Array(ends.dropLast()))
    #expect(starts.first == Int(start) && ends.last == Int(start) + 300)
  }

  @Test(arguments: [
    "", "start_time=x", "start_time=10&end_time=10", "start_time=-1", "start_time=99999999999",
    "start_time=1&bucket_width=2d", "start_time=1&limit=32", "start_time=1&limit=0",
    "start_time=1&group_by=colour", "start_time=1&page=page_x", "start_time=1&colour=red",
    "start_time=1&bucket_width=1m&limit=1441",
  ])
  func aQuestionThatMakesNoSenseIsRefused(query: String) async throws {
    let office = try Office()
    #expect(try await office.administer(.get, "/usage/completions?\(query)").status == 400)
  }

  @Test func costsAreTokensTimesPriceExactly() async throws {
    let office = try Office()
    for number in 0..<7 { try await office.ask("Question \(number)") }
    try await office.ask("Other", model: "gpt-5.1")
    let start = office.clock.now.unixSeconds
    let answer = try await office.administer(.get, "/costs?start_time=\(start)&group_by=line_item")
    let results = answer.data.flatMap { $0["results"] as? [[String: Any]] ?? [] }
    #expect(results.count == 4)
    let rows = try office.mock.ledgerStore.rows(LedgerFilter(), after: 0, limit: 100)
    let mini = rows.filter { $0.account.model == "gpt-4o-mini" }
    // 150 and 600 billionths of a dollar for a token.
    let input = NanoDollars(Int64(mini.reduce(0) { $0 + $1.promptTokens }) * 150)
    let output = NanoDollars(Int64(mini.reduce(0) { $0 + $1.completionTokens }) * 600)
    for amount in [input, output] {
      #expect(answer.text.contains(#""value":\#(amount.dollars),"#), "\(answer.text)")
    }
    let whole = try await office.control(.get, "/totals?group_by=model")
    let usd = whole.data.first { $0["model"] as? String == "gpt-4o-mini-2024-07-18" }?["usd"]
    #expect(usd as? String == NanoDollars(input.count + output.count).dollars)
  }

  @Test func amountsMayBeStringsAndBooksMayBeLate() async throws {
    var settings = OpenAIMockSettings()
    settings.books.amounts = .string
    settings.books.usageDelay = .seconds(60)
    settings.books.costsDelay = .seconds(120)
    let office = try Office(settings)
    try await office.ask()
    let start = office.clock.now.unixSeconds
    func results(_ path: String) async throws -> [[String: Any]] {
      try await office.administer(.get, "\(path)?start_time=\(start)&end_time=\(start + 9_000)")
        .data.flatMap { $0["results"] as? [[String: Any]] ?? [] }
    }
    office.clock.advance(.nanoseconds(59_999_999_999))
    #expect(try await results("/usage/completions").isEmpty)
    office.clock.advance(.nanoseconds(1))
    #expect(try await results("/usage/completions").count == 1)
    #expect(try await results("/costs").isEmpty)
    office.clock.advance(.seconds(60))
    let amount = try await results("/costs").first?["amount"] as? [String: Any]
    #expect((amount?["value"] as? String)?.hasPrefix("0.0000") == true)
  }

  @Test func aStreamThatIsCutOffIsBookedAndMarked() async throws {
    let office = try Office()
    let question = String(repeating: "many words ", count: 30)
    await #expect(throws: ClientGone.self) {
      try await office.ask(question, streamed: true, breaksAfter: 4)
    }
    try await office.ask(question, streamed: true)
    let rows = try office.mock.ledgerStore.rows(LedgerFilter(), after: 0, limit: 9)
    #expect(rows.map(\.outcome) == [.cutOff, .completed])
    #expect(rows.allSatisfy { $0.isBilled && $0.isStreamed })
    #expect(rows[0].completionTokens > 0)
    #expect(rows[0].completionTokens < rows[1].completionTokens)
    #expect(rows[0].promptTokens == rows[1].promptTokens)
    let shown = try await office.control(.get, "/ledger?outcome=cut_off")
    #expect(shown.data.count == 1)
  }
}

extension [[String: Any]] {
  func sum(_ name: String) -> Int {
    reduce(0) { $0 + ($1[name] as? Int ?? 0) }
  }
}
