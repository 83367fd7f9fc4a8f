/// The parameters of a chat completion that a provider honours and that Keyproof's own requests
/// never set.
package struct ChatParameters: Sendable, Equatable {
  package var tools: [ToolOffer] = []
  package var toolChoice: ToolChoice?
  package var parallelToolCalls = true
  package var responseFormat = ResponseFormat.text
  /// How many answers to give.
  package var choices = 1
  package var seed: Int?
  /// The answer ends before the first of these.
  package var stop: [String] = []
  package var wantsLogProbabilities = false
  package var topLogProbabilities = 0
  package var serviceTier: String?

  /// More answers than these are refused.
  package static let mostChoices = 128
  package static let mostStops = 4

  package init() {}
}

extension ChatCompletionRequest {
  mutating func readOption(_ name: String, from reader: inout JSONReader) throws {
    if Self.usedOptions.contains(name), try reader.readNull() { return }
    switch name {
    case "stream":
      stream = try RequestFault.naming(name, wanted: "a boolean") { try reader.readBool() }
    case "stream_options":
      streamOptions = try RequestFault.naming(name, wanted: "an object of booleans") {
        try StreamOptions(from: &reader)
      }
    case "max_completion_tokens", "max_tokens":
      let limit = try Self.readInt(name, 1...Int.max, from: &reader)
      if name == "max_tokens" { maxTokens = limit } else { maxCompletionTokens = limit }
    case "temperature": temperature = try Self.readNumber(name, 0...2, from: &reader)
    case "user":
      user = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
    case "top_p": _ = try Self.readNumber(name, 0...1, from: &reader)
    case "presence_penalty", "frequency_penalty":
      _ = try Self.readNumber(name, -2...2, from: &reader)
    case "reasoning_effort":
      try Self.readWord(name, of: Self.efforts, from: &reader)
    case "metadata": try Self.checkMetadata(from: &reader)
    default: try parameters.read(name, from: &reader)
    }
  }

  private static let usedOptions: Set<String> = [
    "stream", "stream_options", "max_completion_tokens", "max_tokens", "temperature", "user",
    "top_p", "presence_penalty", "frequency_penalty", "reasoning_effort", "metadata", "tools",
    "tool_choice", "parallel_tool_calls", "response_format", "n", "seed", "stop", "logprobs",
    "top_logprobs", "service_tier",
  ]

  static let efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

  static func readInt(
    _ name: String,
    _ range: ClosedRange<Int>,
    from reader: inout JSONReader
  ) throws -> Int {
    let value = try RequestFault.naming(name, wanted: "an integer") { try reader.readInt() }
    guard range.contains(value) else {
      let wanted =
        range.upperBound == .max
        ? "an integer of at least \(range.lowerBound)"
        : "an integer from \(range.lowerBound) to \(range.upperBound)"
      throw RequestFault.invalid(parameter: name, wanted: wanted)
    }
    return value
  }

  static func readNumber(
    _ name: String,
    _ range: ClosedRange<Double>,
    from reader: inout JSONReader
  ) throws -> Double {
    let value = try RequestFault.naming(name, wanted: "a number") { try reader.readDouble() }
    guard range.contains(value) else {
      let (low, high) = (Int(range.lowerBound), Int(range.upperBound))
      throw RequestFault.invalid(parameter: name, wanted: "a number from \(low) to \(high)")
    }
    return value
  }

  @discardableResult
  static func readWord(
    _ name: String,
    of words: [String],
    from reader: inout JSONReader
  ) throws -> String {
    let word = try RequestFault.naming(name, wanted: "a string") { try reader.readString() }
    guard words.contains(word) else {
      throw RequestFault.invalid(parameter: name, wanted: words.joined(separator: ", "))
    }
    return word
  }

  /// Reads past the metadata, which has bounds that the provider states.
  static func checkMetadata(from reader: inout JSONReader) throws {
    var pairs = 0
    try RequestFault.naming("metadata", wanted: "an object of strings") {
      try reader.readObject { name, reader in
        pairs += 1
        let value = try reader.readString()
        guard pairs <= 16, name.count <= 64, value.count <= 512 else {
          throw RequestFault.invalid(
            parameter: "metadata",
            wanted: "at most 16 pairs, names of 64 and values of 512 characters"
          )
        }
      }
    }
  }
}

extension ChatParameters {
  fileprivate mutating func read(_ name: String, from reader: inout JSONReader) throws {
    switch name {
    case "tools":
      tools = try RequestFault.naming(name, wanted: "an array of tools") {
        try ToolOffer.readAll(from: &reader)
      }
    case "tool_choice":
      toolChoice = try RequestFault.naming(name, wanted: "a string or an object") {
        try ToolChoice(from: &reader)
      }
    case "parallel_tool_calls":
      parallelToolCalls = try RequestFault.naming(name, wanted: "a boolean") {
        try reader.readBool()
      }
    case "response_format":
      responseFormat = try RequestFault.naming(name, wanted: "an object") {
        try ResponseFormat(from: &reader, parameter: name)
      }
    case "n":
      choices = try ChatCompletionRequest.readInt(name, 1...Self.mostChoices, from: &reader)
    case "seed":
      seed = try RequestFault.naming(name, wanted: "an integer") { try reader.readInt() }
    case "stop": try readStops(from: &reader)
    case "logprobs":
      wantsLogProbabilities = try RequestFault.naming(name, wanted: "a boolean") {
        try reader.readBool()
      }
    case "top_logprobs":
      topLogProbabilities = try ChatCompletionRequest.readInt(name, 0...20, from: &reader)
    case "service_tier":
      serviceTier = try ChatCompletionRequest.readWord(
        name,
        of: ["auto", "default", "flex", "scale", "priority", "fast"],
        from: &reader
      )
    case "functions", "function_call", "audio", "modalities":
      try Self.refuseUnlessHarmless(name, from: &reader)
    default:
      guard Self.withoutMeaning.contains(name) else {
        throw RequestFault.unknown(parameter: String(name.prefix(64)))
      }
      try reader.skipValue()
    }
  }

  private mutating func readStops(from reader: inout JSONReader) throws {
    try RequestFault.naming("stop", wanted: "a string or an array of strings") {
      if try reader.nextKind() == .string {
        stop = [try reader.readString()]
      } else {
        try reader.readArray { reader in
          guard stop.count < Self.mostStops else {
            throw RequestFault.invalid(
              parameter: "stop",
              wanted: "at most \(Self.mostStops) sequences"
            )
          }
          stop.append(try reader.readString())
        }
      }
    }
    stop.removeAll(where: \.isEmpty)
  }

  /// What the endpoint documents and no answer here depends on.
  private static let withoutMeaning: Set<String> = [
    "logit_bias", "moderation", "prediction", "prompt_cache_key", "prompt_cache_options",
    "prompt_cache_retention", "safety_identifier", "store", "verbosity", "web_search_options",
  ]

  /// What would change the answer's form, and is not made here, is refused rather than left out of
  /// an answer that its caller then cannot read.
  private static func refuseUnlessHarmless(
    _ name: String,
    from reader: inout JSONReader
  ) throws {
    if try reader.readNull() { return }
    let value = try reader.readValue()
    switch name {
    case "modalities":
      if value.elements?.compactMap(\.text) == ["text"] { return }
      throw RequestFault.notOffered(parameter: name, advice: "Answers are text alone.")
    case "audio": throw RequestFault.notOffered(parameter: name, advice: "Answers are text alone.")
    case "functions": throw RequestFault.notOffered(parameter: name, advice: "Use 'tools' instead.")
    default: throw RequestFault.notOffered(parameter: name, advice: "Use 'tool_choice' instead.")
    }
  }

  /// - Throws: `RequestFault` for parameters that contradict each other.
  func check() throws {
    if topLogProbabilities > 0, !wantsLogProbabilities {
      throw RequestFault.invalid(
        parameter: "top_logprobs",
        wanted: "no value, or 'logprobs' to be true"
      )
    }
    if toolChoice != nil, toolChoice != .never, tools.isEmpty {
      throw RequestFault.invalid(
        parameter: "tool_choice",
        wanted: "no value where 'tools' are not given"
      )
    }
    if case .named(let name) = toolChoice, !tools.contains(where: { $0.name == name }) {
      throw RequestFault.invalid(parameter: "tool_choice", wanted: "the name of one of the 'tools'")
    }
  }
}
