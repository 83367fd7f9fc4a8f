import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// The wires of a simulated world: exchanges go by host name from a sender to whoever serves it.
final class SimulatedNetwork: Sendable {
  /// Touched under the network's lock alone.
  private final class Listener {
    let id: Int
    var isUp: Bool
    var exchanges: Pipe<SimulatedExchange>?
    var open: [Int: SimulatedExchange] = [:]

    init(id: Int, exchanges: Pipe<SimulatedExchange>) {
      self.id = id
      self.exchanges = exchanges
      isUp = true
    }
  }

  private struct State {
    var listeners: [String: Listener] = [:]
    var made = 0
  }

  private let state = Mutex(State())

  /// - Throws: `TransportError.unknownHost` or `.connectionRefused`.
  func open(_ request: OutgoingRequest) throws -> SimulatedExchange {
    let host = request.hostName
    return try state.withLock { state in
      guard let listener = state.listeners[host] else { throw TransportError.unknownHost(host) }
      guard listener.isUp, let exchanges = listener.exchanges else {
        throw TransportError.connectionRefused(host)
      }
      state.made += 1
      let exchange = SimulatedExchange(id: state.made, request: request)
      listener.open[exchange.id] = exchange
      exchanges.post(exchange)
      return exchange
    }
  }

  func serves(_ host: String) -> Bool {
    state.withLock { $0.listeners[host]?.isUp ?? false }
  }

  /// Serves `hosts` until the task is cancelled or `shutDown` is called for them.
  ///
  /// - Parameter passed: told of each request, and of each piece of a response before it goes.
  func serve(
    _ hosts: [String: Responder],
    logger: Logger,
    passed: @escaping @Sendable () -> Void
  ) async {
    await withDiscardingTaskGroup { group in
      for (host, responder) in hosts.sorted(by: { $0.key < $1.key }) {
        let (exchanges, id) = listen(host)
        group.addTask {
          await withDiscardingTaskGroup { handlers in
            while let exchange = try? await exchanges.next() {
              handlers.addTask {
                await exchange.serve(with: responder, logger: logger, passed: passed)
                self.close(exchange, host: host)
              }
            }
            handlers.cancelAll()
          }
          self.shutDown(host, listener: id)
        }
      }
    }
  }

  /// Refuses what comes, and breaks what is open.
  func shutDown(_ host: String, listener id: Int? = nil) {
    let (exchanges, open) = state.withLock {
      state -> (Pipe<SimulatedExchange>?, [SimulatedExchange]) in
      guard let listener = state.listeners[host], id == nil || listener.id == id else {
        return (nil, [])
      }
      defer {
        listener.isUp = false
        listener.exchanges = nil
        listener.open = [:]
      }
      return (listener.exchanges, listener.open.sorted { $0.key < $1.key }.map(\.value))
    }
    exchanges?.finish()
    for exchange in open { exchange.breakOff() }
  }

  private func listen(_ host: String) -> (Pipe<SimulatedExchange>, Int) {
    let exchanges = Pipe<SimulatedExchange>(capacity: .max)
    let id = state.withLock { state in
      state.made += 1
      state.listeners[host] = Listener(id: state.made, exchanges: exchanges)
      return state.made
    }
    return (exchanges, id)
  }

  private func close(_ exchange: SimulatedExchange, host: String) {
    state.withLock { _ = $0.listeners[host]?.open.removeValue(forKey: exchange.id) }
  }
}
