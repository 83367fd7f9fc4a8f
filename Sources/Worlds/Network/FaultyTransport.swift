import HTTPTypes
import NIOCore
import Synchronization

/// Adds the conditions of a link to what passes over it: delay, loss, duplication, resets.
///
/// The draws are keyed by the exchange itself, so that one more exchange elsewhere moves nothing.
struct FaultyTransport<Base: HTTPTransport>: HTTPTransport {
  let base: Base
  let sender: String
  let clock: any WorldClock
  let randomness: Randomness
  let conditions: NetworkConditions
  let ordinals: ExchangeOrdinals

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let host = request.hostName
    let link = conditions.conditions(to: host)
    let key = ordinals.key(for: request, from: sender, at: clock.now)
    var draws = randomness.generator("exchange", key.name, key.ordinal)
    if link.isDown {
      conditions.tell(.refused, host: host)
      throw TransportError.connectionRefused(host)
    }
    try await pause(draws.duration(in: link.delay))
    if draws.chance(link.lossPercent, in: 100) {
      conditions.tell(.lost, host: host)
      // A request that vanished is answered by silence: the sender's own time-out ends it.
      try await clock.sleep(until: .endOfTime)
    }
    let isReset = draws.chance(link.resetPercent, in: 100)
    let resetsBefore = draws.chance(1, in: 2)
    if isReset && resetsBefore {
      conditions.tell(.reset, host: host)
      throw TransportError.connectionReset
    }
    let wayBack = draws.duration(in: link.delay)
    @Sendable func deliver(_ response: IncomingResponse) async throws -> Result {
      try await pause(wayBack)
      guard isReset else { return try await use(response) }
      conditions.tell(.reset, host: host)
      return try await use(Self.cut(response))
    }
    guard draws.chance(link.duplicationPercent, in: 100), case .bytes = request.body else {
      return try await base.exchange(request, deliver)
    }
    conditions.tell(.duplicated, host: host)
    return try await duplicated(request, deliver)
  }

  /// The copy arrives beside the original; its response reaches nobody.
  private func duplicated<Result: Sendable>(
    _ request: OutgoingRequest,
    _ deliver: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    async let copy: Void? = try? base.exchange(request) { response in
      _ = try? await response.body.collect(upTo: 1 << 20)
    }
    let result = try await base.exchange(request, deliver)
    _ = await copy
    return result
  }

  /// The response breaks off after its first piece.
  private static func cut(_ response: IncomingResponse) -> IncomingResponse {
    IncomingResponse(
      head: response.head,
      body: IncomingBody {
        var pieces = response.body.makeAsyncIterator()
        var passed = 0
        return IncomingBody.Iterator {
          guard passed < 1, let piece = try await pieces.next() else {
            throw TransportError.connectionReset
          }
          passed += 1
          return piece
        }
      }
    )
  }

  private func pause(_ duration: Duration) async throws {
    if duration > .zero { try await clock.sleep(for: duration) }
  }
}

extension Timestamp {
  /// Later than any story.
  static let endOfTime = Timestamp(nanoseconds: .max)
}

/// Names exchanges, so that each has draws of its own.
final class ExchangeOrdinals: Sendable {
  /// What tells an exchange from the others of its sender to the same address.
  enum Naming: Sendable {
    /// The moment of virtual time at which it begins: what others send moves nothing, not even
    /// where it is the same.
    case moment
    /// Where no moment comes twice: what it carries, and how often that was carried before.
    case content
  }

  private struct State {
    var counts: [UInt64: UInt64] = [:]
    var moment: Timestamp?
  }

  private let naming: Naming
  private let state = Mutex(State())

  init(by naming: Naming) {
    self.naming = naming
  }

  func key(
    for request: OutgoingRequest,
    from sender: String,
    at moment: Timestamp
  ) -> (name: UInt64, ordinal: UInt64) {
    var hash = FNV1a()
    hash.combine(sender.utf8)
    hash.combine((request.head.authority ?? "").utf8)
    hash.combine(request.head.method.rawValue.utf8)
    hash.combine((request.head.path ?? "").utf8)
    switch naming {
    case .moment:
      withUnsafeBytes(of: moment.nanoseconds.littleEndian) { hash.combine(words: $0) }
    case .content: Self.combine(bodyOf: request, into: &hash)
    }
    let name = hash.value
    let ordinal = state.withLock { state in
      if naming == .moment, state.moment != moment {
        state.moment = moment
        state.counts.removeAll(keepingCapacity: true)
      }
      state.counts[name, default: 0] += 1
      return state.counts[name] ?? 0
    }
    return (name, ordinal)
  }

  /// Bodies count only where they are JSON or text: forms carry signatures, which no seed governs.
  /// Those to a Vault do not count either: what Transit wraps and unwraps is random on purpose.
  private static func combine(bodyOf request: OutgoingRequest, into hash: inout FNV1a) {
    let type = request.head.headerFields[.contentType] ?? ""
    guard case .bytes(let body) = request.body,
      type.hasPrefix("application/json") || type.hasPrefix("text/"), !isForVault(request)
    else { return }
    body.withUnsafeReadableBytes { hash.combine(words: $0) }
  }

  private static let vaultToken = HTTPField.Name("X-Vault-Token")

  private static func isForVault(_ request: OutgoingRequest) -> Bool {
    vaultToken.map { request.head.headerFields.contains($0) } ?? false
  }
}

/// FNV-1a, 64 bits: equal in every process, unlike Swift's own hashing.
package struct FNV1a: Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }

  /// Eight bytes at a time, for bodies; another value than `combine` gives, and as good.
  package mutating func combine(words bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      value = (value ^ word) &* 0x9e37_79b9_7f4a_7c15
      value ^= value >> 29
      offset += 8
    }
    combine(bytes[offset...])
  }
}
