/// A response as the responses API states it, at any moment of its life.
package struct ResponseObject: Sendable {
  package enum Status: String, Sendable {
    case inProgress = "in_progress"
    case completed
    case incomplete
  }

  package var id: String
  /// Seconds since 1970.
  package var createdAt: Int64
  package var completedAt: Int64
  package var model: String
  package var request: ResponsesRequest

  package init(
    id: String,
    createdAt: Int64,
    completedAt: Int64,
    model: String,
    request: ResponsesRequest
  ) {
    self.id = id
    self.createdAt = createdAt
    self.completedAt = completedAt
    self.model = model
    self.request = request
  }

  /// - Parameters:
  ///   - output: its items; empty while it is in progress.
  ///   - usage: nil while it is in progress.
  package func value(_ status: Status, output: [JSONValue], usage: TokenUsage?) -> JSONValue {
    let asked = request.members
    func echo(_ name: String, _ otherwise: JSONValue = .null) -> JSONValue.Member {
      .init(name, asked.present(name) ?? otherwise)
    }
    let tier = asked["service_tier"]?.text ?? "auto"
    let servedTier = status != .inProgress && tier == "auto" ? "default" : tier
    return .object([
      .init("id", .string(id)),
      .init("object", .string("response")),
      .init("created_at", .integer(Int(createdAt))),
      .init("status", .string(status.rawValue)),
      .init("background", .bool(false)),
      .init("billing", .object([.init("payer", .string("developer"))])),
      .init("completed_at", status == .completed ? .integer(Int(completedAt)) : .null),
      .init("error", .null),
      .init("frequency_penalty", .double(0)),
      .init("incomplete_details", status == .incomplete ? Self.outOfTokens : .null),
      echo("instructions"),
      echo("max_output_tokens"),
      echo("max_tool_calls"),
      .init("model", .string(model)),
      .init("moderation", .null),
      .init("output", .array(output)),
      echo("parallel_tool_calls", .bool(true)),
      .init("presence_penalty", .double(0)),
      echo("previous_response_id"),
      echo("prompt_cache_key"),
      echo("prompt_cache_retention", .string("in_memory")),
      .init("reasoning", reasoning),
      echo("safety_identifier"),
      .init("service_tier", .string(servedTier)),
      echo("store", .bool(true)),
      echo("temperature", .double(1)),
      .init("text", text),
      echo("tool_choice", .string("auto")),
      .init("tool_usage", Self.toolUsage),
      echo("tools", .array([])),
      echo("top_logprobs", .integer(0)),
      echo("top_p", .double(1)),
      echo("truncation", .string("disabled")),
      .init("usage", usage.map(Self.usage) ?? .null),
      echo("user"),
      echo("metadata", .emptyObject),
    ])
  }

  private var reasoning: JSONValue {
    let asked = request.members["reasoning"]
    return .object([
      .init("context", .string("current_turn")),
      .init("effort", asked?.present("effort") ?? .string("none")),
      .init("mode", .string("standard")),
      .init("summary", asked?.present("summary") ?? .null),
    ])
  }

  private var text: JSONValue {
    let asked = request.members["text"]
    let plain = JSONValue.object([.init("type", .string("text"))])
    return .object([
      .init("format", asked?.present("format") ?? plain),
      .init("verbosity", asked?.present("verbosity") ?? .string("medium")),
    ])
  }

  private static let outOfTokens = JSONValue.object([
    .init("reason", .string("max_output_tokens"))
  ])

  private static let toolUsage: JSONValue = {
    let details = JSONValue.object([
      .init("image_tokens", .integer(0)), .init("text_tokens", .integer(0)),
    ])
    let images = JSONValue.object([
      .init("input_tokens", .integer(0)),
      .init("input_tokens_details", details),
      .init("output_tokens", .integer(0)),
      .init("output_tokens_details", details),
      .init("total_tokens", .integer(0)),
    ])
    let searches = JSONValue.object([.init("num_requests", .integer(0))])
    return .object([.init("image_gen", images), .init("web_search", searches)])
  }()

  private static func usage(_ usage: TokenUsage) -> JSONValue {
    .object([
      .init("input_tokens", .integer(usage.promptTokens)),
      .init(
        "input_tokens_details",
        .object([.init("cache_write_tokens", .integer(0)), .init("cached_tokens", .integer(0))])
      ),
      .init("output_tokens", .integer(usage.completionTokens)),
      .init("output_tokens_details", .object([.init("reasoning_tokens", .integer(0))])),
      .init("total_tokens", .integer(usage.totalTokens)),
    ])
  }
}
