import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Synchronization

/// A sender's end of the loopback network: real HTTP to the port of whoever serves the host name.
struct LoopbackTransport: HTTPTransport {
  /// Carries the exchange's number to the harness's own server, which takes it off again: neither
  /// the vendor nor a mock ever sees it.
  static let exchangeHeader = "x-loopback-exchange"

  let client: HTTPClient
  let ports: PortMap
  let sender: Sender
  let ledger: ExchangeLedger

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    try sender.checkAlive()
    let host = request.hostName
    let port = try ports.port(of: host)
    let id = ledger.open()
    defer { ledger.close(id) }
    return try await withTaskCancellationHandler {
      let response: HTTPClientResponse
      do {
        response = try await client.execute(
          outgoing(request, port: port, id: id),
          timeout: .hours(24 * 365)
        )
      } catch {
        throw TransportError.meaning(of: error, host: host)
      }
      try sender.checkAlive()
      ledger.headReceived(id)
      return try await use(incoming(response, id: id))
    } onCancel: {
      // Breaking off takes the socket a moment, in which the clock must not jump.
      ledger.finished(id)
    }
  }

  private func outgoing(
    _ request: OutgoingRequest,
    port: Int,
    id: Int
  ) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(
      request,
      url: "http://127.0.0.1:\(port)\(request.head.path ?? "/")"
    )
    outgoing.headers.add(name: Self.exchangeHeader, value: String(id))
    return outgoing
  }

  private func incoming(_ response: HTTPClientResponse, id: Int) -> IncomingResponse {
    let (ledger, sender) = (ledger, sender)
    return IncomingResponse(
      head: response.head,
      body: IncomingBody {
        var pieces = response.body.makeAsyncIterator()
        return IncomingBody.Iterator {
          do {
            ledger.reading(id)
            let piece = try await pieces.next()
            ledger.read(id, bytes: piece?.readableBytes ?? 0)
            try sender.checkAlive()
            return piece
          } catch {
            throw TransportError.meaning(of: error, host: "")
          }
        }
      }
    )
  }
}

/// Which port of 127.0.0.1 serves a host name.
final class PortMap: Sendable {
  private struct Entry {
    var port: Int?
    var owner: ObjectIdentifier
  }

  private let entries = Mutex<[String: Entry]>([:])

  func open(_ port: Int, for host: String, by owner: Sender) {
    entries.withLock { $0[host] = Entry(port: port, owner: ObjectIdentifier(owner)) }
  }

  /// Only the owner closes: an instance that ends late does not close its successor's port.
  func close(_ host: String, by owner: Sender) {
    entries.withLock { entries in
      if entries[host]?.owner == ObjectIdentifier(owner) { entries[host]?.port = nil }
    }
  }

  /// - Throws: `TransportError.unknownHost` or `.connectionRefused`.
  func port(of host: String) throws -> Int {
    guard let entry = entries.withLock({ $0[host] }) else {
      throw TransportError.unknownHost(host)
    }
    guard let port = entry.port else { throw TransportError.connectionRefused(host) }
    return port
  }
}
