import HTTPTypes
import NIOCore
import Wire
import Worlds

/// Exchanges with a secret manager: short, with one repeat where a connection broke, and with every
/// failure turned into one of custody.
struct SecretManagerCalls: Sendable {
  private let transport: TimedTransport
  let clock: any WorldClock

  private static let pause = Duration.milliseconds(200)
  static let longestAnswer = 256 << 10

  init(_ transport: any HTTPTransport, clock: any WorldClock, limit: Duration) {
    self.transport = TimedTransport(transport, clock: clock, limit: limit)
    self.clock = clock
  }

  /// - Parameter request: made anew for a repeat, since it carries the time where it is signed.
  /// - Throws: `CustodyFailure.unavailable`, or what ends the task.
  func collect(_ request: () -> OutgoingRequest) async throws -> CollectedResponse {
    do {
      let response = try await transport.collect(request())
      guard response.head.isPassingTrouble else { return response }
    } catch let error where error.endsTheRun {
      throw error
    } catch TransportError.connectionReset {
      // Whoever restarts breaks the connections that are open: worth another try.
    } catch {
      throw CustodyFailure.unavailable
    }
    try await clock.sleep(for: Self.pause)
    do {
      return try await transport.collect(request())
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      throw CustodyFailure.unavailable
    }
  }
}

extension HTTPResponse {
  /// Of a gateway or of a server at its limits; 503 is not among them, since a sealed Vault says
  /// so and stays sealed.
  fileprivate var isPassingTrouble: Bool {
    [429, 500, 502, 504].contains(status.code)
  }
}

extension CollectedResponse {
  /// Hands the body's bytes to `read`, and overwrites them afterwards: those of this copy, and
  /// those of the buffer as far as nobody else holds it.
  mutating func readAndOverwrite<Result>(_ read: ([UInt8]) throws -> Result) rethrows -> Result {
    var bytes = body.bytes
    defer {
      for index in bytes.indices { bytes[index] = 0 }
      body.withUnsafeMutableReadableBytes { buffer in
        for index in buffer.indices { buffer[index] = 0 }
      }
    }
    return try read(bytes)
  }
}
