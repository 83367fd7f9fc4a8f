package import Wire

/// What the model answers to the calls that it matches, in the place of its own words.
package struct ScriptedAnswer: Sendable, Hashable {
  package struct Call: Sendable, Codable, Hashable {
    package var name: String
    /// Texts in it are templates.
    package var arguments: JSONValue?

    package init(name: String, arguments: JSONValue? = nil) {
      self.name = name
      self.arguments = arguments
    }
  }

  package var match: CallMatch
  /// Is given at most so often; then the next that matches takes its place.
  package var times: Int?
  package var text: AnswerTemplate?
  /// The model declines, with these words.
  package var refusal: AnswerTemplate?
  /// Several are parallel calls.
  package var calls: [Call]
  /// In the place of the one that the answer would have.
  package var finishReason: FinishReason?

  package init(
    match: CallMatch = CallMatch(),
    times: Int? = nil,
    text: AnswerTemplate? = nil,
    refusal: AnswerTemplate? = nil,
    calls: [Call] = [],
    finishReason: FinishReason? = nil
  ) {
    self.match = match
    self.times = times
    self.text = text
    self.refusal = refusal
    self.calls = calls
    self.finishReason = finishReason
  }
}

extension ScriptedAnswer: Codable {
  private enum CodingKeys: String, CodingKey {
    case match
    case times
    case text
    case refusal
    case calls
    case finishReason = "finish_reason"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    match = try container.decodeIfPresent(CallMatch.self, forKey: .match) ?? CallMatch()
    times = try container.decodeIfPresent(Int.self, forKey: .times)
    text = try container.decodeIfPresent(AnswerTemplate.self, forKey: .text)
    refusal = try container.decodeIfPresent(AnswerTemplate.self, forKey: .refusal)
    calls = try container.decodeIfPresent([Call].self, forKey: .calls) ?? []
    finishReason = try container.decodeIfPresent(FinishReason.self, forKey: .finishReason)
    guard text != nil || refusal != nil || !calls.isEmpty else {
      throw container.fault(.text, "there, or else 'refusal' or 'calls'")
    }
  }
}

/// A scripted answer with its gaps filled.
struct ScriptedReply: Sendable {
  var text: String?
  var refusal: String?
  var calls: [(name: String, arguments: JSONValue)]
  var finishReason: FinishReason?

  init(_ answer: ScriptedAnswer, _ values: [String: String]) {
    text = answer.text?.filled(values)
    refusal = answer.refusal?.filled(values)
    calls = answer.calls.map { ($0.name, ($0.arguments ?? .emptyObject).filled(values)) }
    finishReason = answer.finishReason
  }
}

extension JSONValue {
  /// With its texts, as templates, filled.
  fileprivate func filled(_ values: [String: String]) -> JSONValue {
    switch self {
    case .string(let text): .string(AnswerTemplate(text).filled(values))
    case .array(let elements): .array(elements.map { $0.filled(values) })
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.filled(values)) })
    case .null, .bool, .integer, .double: self
    }
  }
}
