import Foundation
import HTTPTypes
import NIOCore
import Synchronization
import Wire
import Worlds

/// The published signing keys of one issuer: fetched from a configured address alone, cached for a
/// day, and looked for again at most once a minute when a token names a key that is not among them.
final class IssuerKeys: Sendable {
  enum Source: Sendable {
    /// An OpenID metadata document that names the key set.
    case metadata(Endpoint, issuer: String)
    case keySet(Endpoint)
  }

  struct Key: Sendable {
    let verifier: RS256.PublicKey
    let endorsements: Set<String>
  }

  private struct State {
    var keys: [String: Key] = [:]
    var fetchedAt: Timestamp?
    var lastAttempt: Timestamp?
    /// Attempts that failed, counted.
    var failures = 0
  }

  private let source: Source
  private let transport: TimedTransport
  private let state = Mutex(State())
  private let refreshing = AsyncLock()

  private static let lifetime = Duration.seconds(86_400)
  private static let refreshInterval = Duration.seconds(60)

  init(_ source: Source, transport: TimedTransport) {
    self.source = source
    self.transport = transport
  }

  /// Nil when the issuer publishes no such key.
  ///
  /// - Throws: `CallerRefusal.keysUnavailable`.
  func key(_ id: String) async throws -> Key? {
    if let known = fresh(id) { return known }
    let failuresBefore = state.withLock { $0.failures }
    return try await refreshing.withLock {
      if let known = fresh(id) { return known }
      guard needsFetch else { return nil }
      // Who waited for an attempt that failed shares its outcome.
      guard state.withLock({ $0.failures }) == failuresBefore else {
        throw CallerRefusal.keysUnavailable
      }
      try await fetch()
      return state.withLock { $0.keys[id] }
    }
  }

  private func fresh(_ id: String) -> Key? {
    let now = transport.clock.now
    return state.withLock { state in
      guard let fetchedAt = state.fetchedAt, now - fetchedAt < Self.lifetime else { return nil }
      return state.keys[id]
    }
  }

  private var needsFetch: Bool {
    let now = transport.clock.now
    return state.withLock { state in
      guard let fetchedAt = state.fetchedAt, now - fetchedAt < Self.lifetime else { return true }
      guard let lastAttempt = state.lastAttempt else { return true }
      return now - lastAttempt >= Self.refreshInterval
    }
  }

  private func fetch() async throws {
    let now = transport.clock.now
    state.withLock { $0.lastAttempt = now }
    do {
      var keys: [String: Key] = [:]
      for published in try await published().keys {
        // Of two keys with one id the first counts: a second must not displace it.
        guard let id = published.kid, keys[id] == nil, let verifier = published.publicKey else {
          continue
        }
        keys[id] = Key(verifier: verifier, endorsements: Set(published.endorsements ?? []))
      }
      state.withLock {
        $0.keys = keys
        $0.fetchedAt = now
      }
    } catch let error where !error.endsTheRun {
      state.withLock { $0.failures += 1 }
      throw CallerRefusal.keysUnavailable
    }
  }

  private func published() async throws -> OpenID.KeySet {
    let address: Endpoint
    switch source {
    case .keySet(let endpoint): address = endpoint
    case .metadata(let endpoint, let issuer):
      let metadata = try await get(OpenID.Metadata.self, at: endpoint)
      guard metadata.issuer == issuer, let keySet = Endpoint(metadata.keySetURL) else {
        throw CallerRefusal.keysUnavailable
      }
      address = keySet
    }
    return try await get(OpenID.KeySet.self, at: address)
  }

  private func get<Body: Decodable>(_: Body.Type, at address: Endpoint) async throws -> Body {
    let response = try await transport.collect(OutgoingRequest(head: address.head(.get)))
    guard response.head.status == .ok else { throw CallerRefusal.keysUnavailable }
    return try JSONDecoder().decode(Body.self, from: Data(response.body.readableBytesView))
  }
}
