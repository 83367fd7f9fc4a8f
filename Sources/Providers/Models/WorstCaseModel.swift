import Wire

/// The model that no vendor should count on: it repeats what its prompt contains and obeys
/// whatever instruction it finds there, so that a leak into a prompt is a leak.
struct WorstCaseModel: Sendable {
  /// What an answer repeats of its prompt, in bytes.
  private static let repeatedBytes = 4_000
  /// What it repeats when it is told to repeat everything.
  private static let everythingBytes = 20_000

  /// However often it is told: longer answers than this no model gives.
  private static let mostBytes = 1 << 20

  /// The marker first, then what the instructions in the prompt demand, then the question and
  /// the other messages, those of the assistant left out.
  func answer(to messages: [ChatMessage], prompt: String, marker: String) -> String {
    var text = "[\(marker)] "
    for instruction in PromptInstruction.all(in: prompt) where text.utf8.count < Self.mostBytes {
      switch instruction {
      case .say(let words): text += words + "\n"
      case .repeatEverything:
        text += prompt[..<prompt.scalarBoundary(atOrBefore: Self.everythingBytes)] + "\n"
      case .call: break
      }
    }
    let question = messages.lastIndex { $0.role == .user }
    var room = Self.repeatedBytes
    if let question { text.append(messages[question].content, room: &room) }
    for (index, message) in messages.enumerated()
    where index != question && message.role != .assistant {
      guard room > 0 else { break }
      text += "\n"
      text.append(message.content, room: &room)
    }
    return text
  }
}

extension String {
  fileprivate mutating func append(_ text: String, room: inout Int) {
    let bytes = text.utf8.count
    self += bytes <= room ? text[...] : text[..<text.scalarBoundary(atOrBefore: room)]
    room -= min(room, bytes)
  }

  /// Cuts the text into at most `count` pieces of about equal length.
  func pieces(_ count: Int) -> [Substring] {
    let length = utf8.count
    guard count > 1, length > 0 else { return [self[...]] }
    var pieces: [Substring] = []
    pieces.reserveCapacity(count)
    var start = startIndex
    for number in 1...count {
      let end = scalarBoundary(atOrBefore: length * number / count)
      guard end > start else { continue }
      pieces.append(self[start..<end])
      start = end
    }
    return pieces
  }
}
