import NIOCore

/// Sends what was written during one turn of the event loop in one system call. An answer is
/// written as head, body and end, each with a flush of its own; sent one by one they would cost
/// more than making the answer does.
final class FlushOnceATurn: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = Any
  typealias OutboundOut = Any

  private var isFlushDue = false

  func flush(context: ChannelHandlerContext) {
    guard !isFlushDue else { return }
    isFlushDue = true
    context.eventLoop.assumeIsolated().execute { self.flushNow(context) }
  }

  /// What is closed takes along what was flushed before, as it would without this handler.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    flushNow(context)
    context.close(mode: mode, promise: promise)
  }

  private func flushNow(_ context: ChannelHandlerContext) {
    guard isFlushDue else { return }
    isFlushDue = false
    context.flush()
  }
}
