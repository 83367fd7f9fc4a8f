import Providers
import Testing

/// The estimate against true counts.
@Suite struct TokenAccuracyTests {
  /// What no text of fifty tokens or more is off by, in parts of its true count.
  static let bound = 0.10

  @Test(arguments: TokenSample.all)
  func everyTextIsWithinTheBound(sample: TokenSample) {
    #expect(sample.tokens >= 50)
    let counted = TokenEstimate.count(sample.text)
    let share = Double(counted) / Double(sample.tokens) - 1
    #expect(share.magnitude <= Self.bound, "\(counted) for \(sample.tokens)")
  }

  @Test func onAverageItIsNearer() {
    let shares = TokenSample.all.map { sample in
      (Double(TokenEstimate.count(sample.text)) / Double(sample.tokens) - 1).magnitude
    }
    #expect(shares.reduce(0, +) / Double(shares.count) <= 0.05)
  }

  @Test func countsWhatIsPlain() {
    #expect(TokenEstimate.count("") == 0)
    #expect(TokenEstimate.count("word") == 1)
    #expect(TokenEstimate.count("two words.") == 3)
    #expect(TokenEstimate.count("123456") == 2 && TokenEstimate.count("1234567") == 3)
    #expect(TokenEstimate.count("\n\n\n") == 1)
    #expect(TokenEstimate.count(messages: ["", ""]) == 11)
  }

  @Test(arguments: TokenSample.all)
  func prefixesKeepToTheirLimit(sample: TokenSample) {
    for limit in [0, 1, 2, 3, 10, sample.tokens / 2] {
      let prefix = TokenEstimate.prefix(of: sample.text, tokens: limit)
      #expect(sample.text.hasPrefix(prefix))
      #expect(TokenEstimate.count(prefix) <= limit)
      #expect(prefix.isEmpty == (limit == 0))
    }
    #expect(TokenEstimate.prefix(of: sample.text, tokens: 10_000) == sample.text)
    #expect(TokenEstimate.tokens(of: sample.text).joined() == sample.text)
  }

  @Test func survivesWhatIsNoText() {
    for byte in UInt8.min...UInt8.max {
      let text = String(decoding: [byte, 0xe2, 0x80, byte, 0xf0, 0x9f, byte], as: UTF8.self)
      #expect(TokenEstimate.count(text) > 0)
    }
  }
}
