import Foundation

/// The machine's own time: for servers that strangers call, never for a story.
package struct WallClock: WorldClock {
  package init() {}

  package var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package func sleep(until deadline: Timestamp) async throws {
    let wait = deadline - now
    guard wait > .zero else { return try Task.checkCancellation() }
    try await Task.sleep(for: wait)
  }
}
