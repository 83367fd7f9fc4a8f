import Wire

/// What a response puts out: a message, calls, or both.
struct ResponseOutput: Sendable {
  enum Item: Sendable {
    case words(id: String, text: String, isRefusal: Bool)
    case call(id: String, ToolCall)

    var id: String {
      switch self {
      case .words(let id, _, _), .call(let id, _): id
      }
    }

    /// What is sent in pieces.
    var text: String {
      switch self {
      case .words(_, let text, _): text
      case .call(_, let call): call.input
      }
    }
  }

  let items: [Item]

  init(_ choice: ChatAnswer.Choice, _ draws: CallDraws) {
    var items: [Item] = []
    if let words = choice.text ?? choice.refusal {
      items.append(
        .words(
          id: draws.responseID("msg_"),
          text: words,
          isRefusal: choice.text == nil
        )
      )
    }
    for (number, call) in choice.calls.enumerated() {
      let prefix = call.kind == .function ? "fc_" : "ctc_"
      items.append(.call(id: draws.responseID(prefix, number), call))
    }
    self.items = items
  }

  /// - Parameter status: of all items.
  func values(_ status: String) -> [JSONValue] {
    items.map { $0.value(status, $0.text) }
  }
}

extension ResponseOutput.Item {
  /// - Parameters:
  ///   - text: what there is of it so far; nil for a message without any part yet.
  func value(_ status: String, _ text: String?) -> JSONValue {
    switch self {
    case .words(let id, _, _):
      return .object([
        .init("id", .string(id)),
        .init("type", .string("message")),
        .init("status", .string(status)),
        .init("content", .array(text.map { [part($0)] } ?? [])),
        .init("role", .string("assistant")),
      ])
    case .call(let id, let call):
      let isFunction = call.kind == .function
      return .object([
        .init("id", .string(id)),
        .init("type", .string(isFunction ? "function_call" : "custom_tool_call")),
        .init("status", .string(status)),
        .init(isFunction ? "arguments" : "input", .string(text ?? "")),
        .init("call_id", .string(call.id)),
        .init("name", .string(call.name)),
      ])
    }
  }

  /// The only part of a message.
  func part(_ text: String) -> JSONValue {
    guard case .words(_, _, isRefusal: true) = self else {
      return .object([
        .init("type", .string("output_text")),
        .init("annotations", .array([])),
        .init("logprobs", .array([])),
        .init("text", .string(text)),
      ])
    }
    return .object([.init("type", .string("refusal")), .init("refusal", .string(text))])
  }
}
