import Worlds

extension Delivery {
  /// A platform takes a piece each second at most; a little less often leaves room for delays.
  private static let pause = Duration.milliseconds(1_500)
  private static let leastPause = Duration.milliseconds(1_050)
  /// How often it is looked whether the answer has grown.
  private static let look = Duration.milliseconds(100)
  /// What a first part holds in any case; the rest comes with the whole answer.
  private static let longestShown = 10_000

  func canStream(to message: ReceivedMessage) -> Bool {
    streamingTenants.contains(message.tenant)
      && sender(for: message)?.canStream(to: message) == true
  }

  /// Shows an answer while it grows, until it is finished. Never fails: what cannot be shown now
  /// comes with the whole answer.
  func show(_ growing: GrowingText, to message: ReceivedMessage) async -> ReplyStream {
    var stream = ReplyStream()
    guard let sender = sender(for: message) else { return stream }
    let begun = clock.now
    while !growing.isFinished, !stream.isClosed {
      do { try await clock.sleep(for: Self.look) } catch { break }
      if let writtenAt = stream.writtenAt, clock.now - writtenAt < Self.pause { continue }
      let text = sender.stableText(of: growing.text)
      if text.utf8.count > stream.shown.utf8.count, text.utf8.count <= Self.longestShown,
        text.hasPrefix(stream.shown)
      {
        await sender.show(text, in: &stream, to: message)
      } else if stream.writtenAt == nil, clock.now - begun >= typingAfter {
        await sender.showComing(in: &stream, to: message)
      } else {
        continue
      }
      stream.writtenAt = clock.now
    }
    return stream
  }

  /// Makes the whole of a part out of what was shown of it.
  func complete(
    _ stream: ReplyStream,
    with part: ReplyPart,
    to message: ReceivedMessage,
    through sender: any ReplySender
  ) async throws -> String? {
    if let writtenAt = stream.writtenAt {
      try await clock.sleep(until: max(clock.now, writtenAt + Self.leastPause))
    }
    return try await sender.complete(stream, with: part, to: message)
  }
}
