import Foundation

/// Runs blocking work on a thread made for it: a world takes its thread for the length of a story,
/// and must not take one of the runtime's few.
///
/// - Throws: what `body` throws.
package func onOwnThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread {
      continuation.resume(with: Swift.Result { try body() })
    }
    // Deep JSON and long chains of resumed tasks need more than the default of 512 KiB.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
