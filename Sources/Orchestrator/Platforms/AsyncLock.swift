import Synchronization

/// Lets one task at a time into a critical section that may suspend; the others wait in order.
final class AsyncLock: Sendable {
  private struct State {
    var isHeld = false
    var waiting: ArraySlice<CheckedContinuation<Void, Never>> = []
  }

  private let state = Mutex(State())

  func withLock<Result: Sendable>(
    _ body: () async throws -> Result
  ) async rethrows -> Result {
    await acquire()
    defer { release() }
    return try await body()
  }

  private func acquire() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.isHeld else {
          state.isHeld = true
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  private func release() {
    let next = state.withLock { state in
      let next = state.waiting.popFirst()
      if next == nil { state.isHeld = false }
      return next
    }
    next?.resume()
  }
}
