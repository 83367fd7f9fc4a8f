import HTTPTypes
import Providers
import Secrets
import Testing
import Wire
import Worlds

@testable import struct Providers.FixedText
@testable import struct Providers.ProviderAccounts

/// What a client in a loop, or a mistaken configuration, can make a mock keep or work on.
@Suite struct BoundsTests {
  @Test func everyKindOfAccountIsBounded() throws {
    var accounts = ProviderAccounts(randomness: Randomness(seed: 1), most: 2)
    let now = Timestamp(unixSeconds: 1)
    let first = try accounts.createOrganization(named: "a", at: now)
    _ = try accounts.createOrganization(named: "b", at: now)
    #expect(throws: ProviderAccountError.full) {
      try accounts.createOrganization(named: "c", at: now)
    }
    let project = try accounts.createProject(named: "a", in: first, at: now)
    _ = try accounts.createProject(named: "b", in: first, at: now)
    #expect(throws: ProviderAccountError.full) {
      try accounts.createProject(named: "c", in: first, at: now)
    }
    for number in 0..<2 {
      _ = try accounts.createKey(.init(name: "\(number)"), in: project, at: now)
      _ = try accounts.createAdminKey(.init(name: "\(number)"), in: first, at: now)
      _ = try accounts.createServiceAccount(named: "a", in: project, hasRole: true, at: now)
    }
    #expect(throws: ProviderAccountError.full) {
      try accounts.createKey(.init(name: "c"), in: project, at: now)
    }
    #expect(throws: ProviderAccountError.full) {
      try accounts.createAdminKey(.init(name: "c"), in: first, at: now)
    }
    #expect(throws: ProviderAccountError.full) {
      try accounts.createServiceAccount(named: "c", in: project, hasRole: true, at: now)
    }
  }

  @Test(arguments: [(64, 256, 200), (65, 1, 400), (1, 257, 400), (1, 0, 400)])
  func aRestrictionIsBounded(count: Int, length: Int, status: Int) async throws {
    let office = try Office()
    let scopes = Array(
      repeating: "\"\(String(repeating: "s", count: length))\"",
      count: count
    ).joined(separator: ",")
    let body = #"{"scopes":[\#(scopes)]}"#
    let path = "/projects/\(office.project)/api_keys/\(office.key.id)"
    let changed = try await office.administer(.post, path, body)
    #expect(changed.status == status, "\(changed.text)")
    let restricted = try await office.control(.post, "/keys/\(office.key.id)/restrict", body)
    #expect(restricted.status == status)
    if status == 400 { #expect(restricted.error?.param == "scopes") }
  }

  @Test(arguments: [
    ("{a}{b}", false), ("{a}*", false), ("**", false), ("{a} {b}", true), ("*", true),
    (String(repeating: "x", count: 1_000), true), (String(repeating: "x", count: 1_001), false),
  ])
  func patternsThatCannotMeanAnythingAreRefused(pattern: String, isFit: Bool) async throws {
    #expect((TextPattern(pattern).fault == nil) == isFit)
    let office = try Office()
    let body = #"{"script":[{"match":{"text":"\#(pattern)"},"text":"hi"}]}"#
    let answer = try await office.control(.put, "/behaviour", body)
    #expect(answer.status == (isFit ? 200 : 400))
    if !isFit { #expect(answer.text.contains("script[0].match.text")) }
  }

  @Test func lookingForTextIsLinear() {
    let text = Array((String(repeating: "a", count: 200_000) + "b").utf8)
    let wanted = String(repeating: "a", count: 999) + "b"
    let begin = ContinuousClock.now
    let place = text.withUnsafeBufferPointer {
      FixedText(Array(wanted.utf8)).first(in: $0, from: 5)
    }
    #expect(place == 200_000 - 999)
    // By trying each place anew it would take 200 million steps.
    #expect(ContinuousClock.now - begin < .seconds(2))
    for (wanted, text, found) in [
      ("aab", "aaab", 1), ("abab", "abaabab", 3), ("a", "", nil), ("ba", "ab", nil),
      ("aa", "aa", 0),
    ] as [(String, String, Int?)] {
      let place = Array(text.utf8).withUnsafeBufferPointer {
        FixedText(Array(wanted.utf8)).first(in: $0, from: 0)
      }
      #expect(place == found, "\(wanted) in \(text)")
    }
  }

  @Test func aCallThatIsRefusedForItsSizeUsesNoAllowance() async throws {
    let bench = try Bench()
    bench.mock.behaviour = ProviderBehaviour(
      latency: Latency(profile: "instant"),
      rateLimits: [RateLimit(requestsPerMinute: 2, tokensPerMinute: 20_000)]
    )
    let long = String(repeating: "one two three ", count: 2_000)
    for _ in 0..<3 {
      let refused = try await bench.ask(long, with: #","n":128,"logprobs":true,"top_logprobs":20"#)
      #expect(refused.status == 400 && refused.error?.param == "n")
    }
    let answer = try await bench.ask("Hi")
    #expect(answer.headers[OpenAIHeader.remainingRequests] == "1")
    #expect(answer.headers[OpenAIHeader.remainingTokens].flatMap(Int.init) ?? 0 > 19_900)
  }
}
