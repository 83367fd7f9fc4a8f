import DequeModule
import Synchronization

/// A bounded channel from one writer to one reader, with an end: the writer waits while it is
/// full, and learns when the reader has left.
final class Pipe<Element: Sendable>: Sendable {
  private struct State {
    var buffer: Deque<Element> = []
    var end: End?
    var readerLeft = false
    var reader: UnsafeContinuation<Element?, any Error>?
    var writer: UnsafeContinuation<Void, any Error>?
  }

  private enum End {
    case finished
    case failed(any Error)
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// - Throws: `TransportError.connectionReset` once the reader has left or the pipe has failed,
  ///   `CancellationError` when the task is cancelled while it waits for room.
  nonisolated(nonsending) func send(_ element: Element) async throws {
    let (reader, isFull) = try state.withLock { state in
      guard !state.readerLeft, state.end == nil else { throw TransportError.connectionReset }
      if let reader = state.reader {
        state.reader = nil
        return (Optional(reader), false)
      }
      state.buffer.append(element)
      return (nil, state.buffer.count >= capacity)
    }
    reader?.resume(returning: element)
    if isFull { try await waitForRoom() }
  }

  /// The next element, nil at the end.
  ///
  /// - Throws: what `fail` was given, or `CancellationError`.
  nonisolated(nonsending) func next() async throws -> Element? {
    // What is there already is taken without the costs of waiting.
    if let element = takeNow() { return element }
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let (outcome, writer) = state.withLock { state in take(&state, orWait: continuation) }
        writer?.resume()
        switch outcome {
        case .success(let element)?: continuation.resume(returning: element)
        case .failure(let error)?: continuation.resume(throwing: error)
        case nil: break
        }
      }
    } onCancel: {
      let reader = state.withLock { state in
        state.readerLeft = true
        defer { state.reader = nil }
        return state.reader
      }
      reader?.resume(throwing: CancellationError())
    }
  }

  /// Takes an element without ever waiting, beyond the capacity too: for a writer who cannot wait.
  func post(_ element: Element) {
    let reader = state.withLock { state -> UnsafeContinuation<Element?, any Error>? in
      guard !state.readerLeft, state.end == nil else { return nil }
      defer { state.reader = nil }
      if state.reader == nil { state.buffer.append(element) }
      return state.reader
    }
    reader?.resume(returning: element)
  }

  func finish() {
    end(.finished, discardingBuffer: false)
  }

  /// Ends the pipe with an error for the reader.
  ///
  /// - Parameter discardingBuffer: true when what was written before must not be read either.
  func fail(_ error: any Error, discardingBuffer: Bool = false) {
    end(.failed(error), discardingBuffer: discardingBuffer)
  }

  /// The reader wants nothing more.
  func close() {
    let writer = state.withLock { state in
      state.readerLeft = true
      state.buffer = []
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume(throwing: TransportError.connectionReset)
  }

  private func takeNow() -> Element? {
    let (element, writer) = state.withLock { state in
      guard !state.readerLeft, let element = state.buffer.popFirst() else {
        return (Element?.none, UnsafeContinuation<Void, any Error>?.none)
      }
      defer { state.writer = nil }
      return (element, state.writer)
    }
    writer?.resume()
    return element
  }

  private func take(
    _ state: inout State,
    orWait continuation: UnsafeContinuation<Element?, any Error>
  ) -> (Result<Element?, any Error>?, UnsafeContinuation<Void, any Error>?) {
    if state.readerLeft { return (.failure(CancellationError()), nil) }
    if let element = state.buffer.popFirst() {
      defer { state.writer = nil }
      return (.success(element), state.writer)
    }
    switch state.end {
    case .finished?: return (.success(nil), nil)
    case .failed(let error)?: return (.failure(error), nil)
    case nil:
      state.reader = continuation
      return (nil, nil)
    }
  }

  nonisolated(nonsending) private func waitForRoom() async throws {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.readerLeft { return .failure(TransportError.connectionReset) }
          if state.buffer.count < capacity || state.end != nil { return .success(()) }
          if Task.isCancelled { return .failure(CancellationError()) }
          state.writer = continuation
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let writer = state.withLock { state in
        defer { state.writer = nil }
        return state.writer
      }
      writer?.resume(throwing: CancellationError())
    }
  }

  private func end(_ end: End, discardingBuffer: Bool) {
    let (reader, writer) = state.withLock { state in
      if state.end == nil || discardingBuffer { state.end = end }
      if discardingBuffer { state.buffer = [] }
      defer {
        state.reader = nil
        state.writer = nil
      }
      return (state.reader, state.writer)
    }
    switch end {
    case .finished: reader?.resume(returning: nil)
    case .failed(let error): reader?.resume(throwing: error)
    }
    writer?.resume(throwing: TransportError.connectionReset)
  }
}
