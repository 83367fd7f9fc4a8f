import Wire

/// The events of a streamed response, one item after the other.
struct ResponseEvents {
  private var encoder: ResponseStreamEncoder
  private let object: ResponseObject
  private let output: ResponseOutput
  private let usage: TokenUsage
  private let status: ResponseObject.Status

  init(
    _ object: ResponseObject,
    _ output: ResponseOutput,
    usage: TokenUsage,
    status: ResponseObject.Status
  ) {
    self.object = object
    self.output = output
    self.usage = usage
    self.status = status
    encoder = ResponseStreamEncoder(options: object.request.chat.streamOptions)
  }

  /// Before any of the output.
  mutating func opening() -> [UInt8] {
    let begun = JSONValue.Member(
      "response",
      object.value(.inProgress, output: [], usage: nil)
    )
    return encoder.event("response.created", [begun])
      + encoder.event("response.in_progress", [begun])
  }

  mutating func begin(_ index: Int) -> [UInt8] {
    let item = output.items[index]
    let added = encoder.event(
      "response.output_item.added",
      [.init("output_index", .integer(index)), .init("item", item.value("in_progress", nil))]
    )
    guard case .words = item else { return added }
    return added
      + encoder.event("response.content_part.added", place(index) + [.init("part", item.part(""))])
  }

  mutating func piece(_ text: String, of index: Int) -> [UInt8] {
    let item = output.items[index]
    var members = place(index) + [.init("delta", .string(text))]
    if item.name == "output_text" { members.append(.init("logprobs", .array([]))) }
    return encoder.delta("response.\(item.name).delta", members)
  }

  mutating func end(_ index: Int) -> [UInt8] {
    let item = output.items[index]
    var members = place(index) + [.init(item.textMember, .string(item.text))]
    if item.name == "output_text" { members.append(.init("logprobs", .array([]))) }
    if case .call(_, let call) = item { members.append(.init("name", .string(call.name))) }
    var bytes = encoder.event("response.\(item.name).done", members)
    if case .words = item {
      bytes += encoder.event(
        "response.content_part.done",
        place(index) + [.init("part", item.part(item.text))]
      )
    }
    return bytes
      + encoder.event(
        "response.output_item.done",
        [
          .init("output_index", .integer(index)),
          .init("item", item.value(status.rawValue, item.text)),
        ]
      )
  }

  /// The last event: how the response ended.
  mutating func closing() -> [UInt8] {
    encoder.event(
      "response.\(status.rawValue)",
      [
        .init(
          "response",
          object.value(status, output: output.values(status.rawValue), usage: usage)
        )
      ]
    )
  }

  private func place(_ index: Int) -> [JSONValue.Member] {
    let item = output.items[index]
    var members: [JSONValue.Member] = [
      .init("item_id", .string(item.id)), .init("output_index", .integer(index)),
    ]
    if case .words = item { members.append(.init("content_index", .integer(0))) }
    return members
  }
}

extension ResponseOutput.Item {
  /// Of the events that carry it.
  fileprivate var name: String {
    switch self {
    case .words(_, _, let isRefusal): isRefusal ? "refusal" : "output_text"
    case .call(_, let call):
      call.kind == .function ? "function_call_arguments" : "custom_tool_call_input"
    }
  }

  /// Of the event that states it whole.
  fileprivate var textMember: String {
    switch self {
    case .words(_, _, let isRefusal): isRefusal ? "refusal" : "text"
    case .call(_, let call): call.kind == .function ? "arguments" : "input"
    }
  }
}
