import Hummingbird
import Synchronization
import Worlds

/// Hands each request to the next replica that is there and takes some. An answer of one that is
/// gone by then reaches nobody.
final class LoadBalancer: Sendable {
  private struct State {
    var live: [Int: (life: Int, responder: Responder)] = [:]
    /// Lives that answer what they have, and get no more.
    var draining: Set<Int> = []
    var lives = 0
    var requests = 0
  }

  private let state = Mutex(State())

  /// - Parameter responder: nil when the replica is gone.
  func set(_ responder: Responder?, of replica: Int) {
    state.withLock { state in
      state.lives += 1
      state.live[replica] = responder.map { (state.lives, $0) }
    }
  }

  /// Sends nothing more to a replica, which still answers what it has.
  func drain(_ replica: Int) {
    state.withLock { state in
      if let life = state.live[replica]?.life { state.draining.insert(life) }
    }
  }

  /// Replicas that are there.
  var count: Int { state.withLock { $0.live.count } }

  var responder: Responder {
    { request, context in
      guard let (replica, life, responder) = self.next() else {
        throw TransportError.connectionReset
      }
      let response = try await responder(request, context)
      guard self.state.withLock({ $0.live[replica]?.life == life }) else {
        throw TransportError.connectionReset
      }
      return response
    }
  }

  private func next() -> (Int, Int, Responder)? {
    state.withLock { state in
      let live = state.live.filter { !state.draining.contains($0.value.life) }.keys.sorted()
      guard !live.isEmpty else { return nil }
      let replica = live[state.requests % live.count]
      state.requests += 1
      return state.live[replica].map { (replica, $0.life, $0.responder) }
    }
  }
}
