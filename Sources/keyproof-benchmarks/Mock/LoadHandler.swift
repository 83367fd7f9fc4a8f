import NIOCore
import Synchronization

/// How many requests are still to be sent, and what went wrong.
final class LoadProgress: Sendable {
  private struct State {
    var sent = 0
    let wanted: Int
    var unanswered: Int
    var sample: String?
    var fault: String?
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(wanted: count, unanswered: count))
  }

  /// The number of the next one to send, from 0; nil when there is none.
  func takeOne() -> Int? {
    state.withLock { state in
      guard state.sent < state.wanted, state.fault == nil else { return nil }
      defer { state.sent += 1 }
      return state.sent
    }
  }

  func answered(_ bytes: ByteBuffer) {
    state.withLock { state in
      state.unanswered -= 1
      if state.sample == nil { state.sample = String(buffer: bytes) }
    }
  }

  func failed(_ fault: String) {
    state.withLock { state in
      if state.fault == nil { state.fault = fault }
    }
  }

  var outcome: (sample: String, fault: String?) {
    state.withLock { state in
      let missing = state.unanswered > 0 ? "\(state.unanswered) requests had no answer" : nil
      return (state.sample ?? "", state.fault ?? missing)
    }
  }
}

/// One connection of the client.
final class LoadHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let requests: [ByteBuffer]
  private let progress: LoadProgress
  private var received = ByteBuffer()
  private var framing: AnswerFraming?
  private var isWaiting = false

  init(requests: [ByteBuffer], progress: LoadProgress) {
    self.requests = requests
    self.progress = progress
  }

  func channelActive(context: ChannelHandlerContext) {
    sendNext(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received.writeImmutableBuffer(Self.unwrapInboundIn(data))
    if framing == nil { framing = AnswerFraming(received) }
    guard let framing, framing.isWhole(received) else { return }
    isWaiting = false
    if framing.isSuccess {
      progress.answered(received)
    } else {
      progress.failed(String(buffer: received))
    }
    received.clear()
    self.framing = nil
    sendNext(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isWaiting { progress.failed("the server closed a connection") }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    progress.failed("\(error)")
    context.close(promise: nil)
  }

  private func sendNext(_ context: ChannelHandlerContext) {
    guard let number = progress.takeOne() else { return context.close(promise: nil) }
    isWaiting = true
    let request = requests[number % requests.count]
    context.writeAndFlush(Self.wrapOutboundOut(request), promise: nil)
  }
}

/// Where an answer ends, by its head.
private struct AnswerFraming {
  let isSuccess: Bool
  /// Nil for a body in chunks.
  private let length: Int?

  /// Nil until the head is there.
  init?(_ received: ByteBuffer) {
    let view = received.readableBytesView
    guard let end = Self.endOfHead(view) else { return nil }
    let head = String(decoding: view[..<end], as: UTF8.self).lowercased()
    isSuccess = head.hasPrefix("http/1.1 200")
    let name = "\r\ncontent-length:"
    let value = head.firstRange(of: name).map { range in
      head[range.upperBound...].prefix { $0 != "\r\n" }.filter { !$0.isWhitespace }
    }
    length = value.flatMap { Int($0) }.map { end - view.startIndex + $0 }
  }

  func isWhole(_ received: ByteBuffer) -> Bool {
    if let length { return received.readableBytes >= length }
    // Bodies are JSON text, in which no line ends like this.
    return received.readableBytesView.suffix(5).elementsEqual("0\r\n\r\n".utf8)
  }

  private static func endOfHead(_ view: ByteBufferView) -> Int? {
    var index = view.startIndex
    while index + 3 < view.endIndex {
      if view[index] == 0x0d, view[index + 1] == 0x0a, view[index + 2] == 0x0d {
        return index + 4
      }
      index += 1
    }
    return nil
  }
}
