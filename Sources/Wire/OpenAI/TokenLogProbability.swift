/// One token of an answer, with how likely the model found it.
package struct TokenLogProbability: Sendable, Hashable {
  package struct Alternative: Sendable, Hashable {
    package var token: String
    package var logProbability: Double

    package init(token: String, logProbability: Double) {
      self.token = token
      self.logProbability = logProbability
    }
  }

  package var token: String
  package var logProbability: Double
  /// The likeliest tokens at this place, as many as were asked for.
  package var alternatives: [Alternative]

  package init(token: String, logProbability: Double, alternatives: [Alternative]) {
    self.token = token
    self.logProbability = logProbability
    self.alternatives = alternatives
  }
}

extension [UInt8] {
  /// Appends the `logprobs` of a choice, or `null`.
  mutating func append(logProbabilities tokens: [TokenLogProbability]?) {
    guard let tokens else { return append(json: "null") }
    append(json: "{\"content\":[")
    for (index, token) in tokens.enumerated() {
      if index > 0 { append(json: ",") }
      append(json: "{")
      append(token: token.token, logProbability: token.logProbability)
      append(json: ",\"top_logprobs\":[")
      for (index, alternative) in token.alternatives.enumerated() {
        append(json: index > 0 ? ",{" : "{")
        append(token: alternative.token, logProbability: alternative.logProbability)
        append(json: "}")
      }
      append(json: "]}")
    }
    append(json: "],\"refusal\":null}")
  }

  private mutating func append(token: String, logProbability: Double) {
    append(json: "\"token\":")
    append(jsonString: token)
    append(json: ",\"logprob\":")
    append(jsonNumber: logProbability)
    append(json: ",\"bytes\":[")
    for (index, byte) in token.utf8.enumerated() {
      if index > 0 { append(json: ",") }
      append(jsonNumber: Int(byte))
    }
    append(json: "]")
  }
}
