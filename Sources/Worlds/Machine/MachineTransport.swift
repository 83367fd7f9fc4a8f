import AsyncHTTPClient
import HTTPTypes
import NIOCore

/// The machine's own network, for a program that runs as a server: HTTPS and HTTP to whatever host
/// the request names. Redirects are never followed.
package struct MachineTransport: HTTPTransport {
  /// A sidecar on this machine that takes every request in plain HTTP, the host it is for in its
  /// `Host`, and opens the connections to the outside itself, as service meshes do.
  package struct Gateway: Hashable, Sendable {
    /// `127.0.0.1:PORT`, or another address of this machine alone.
    package let authority: String

    /// Nil for anything but `http://` and an address of this machine with a port: what goes there
    /// is not encrypted.
    package init?(_ url: String) {
      guard url.hasPrefix("http://") else { return nil }
      let rest = url.dropFirst("http://".count)
      let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
      let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, ["127.0.0.1", "localhost"].contains(parts[0]),
        let port = Int(parts[1]), (1...65_535).contains(port)
      else { return nil }
      self.authority = String(authority)
    }
  }

  /// Closes what is open when nobody holds it any more.
  private final class Connections: Sendable {
    let client: HTTPClient

    init(_ configuration: HTTPClient.Configuration) {
      client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit {
      client.shutdown { _ in }
    }
  }

  private let connections: Connections
  private let gateway: Gateway?

  /// - Parameter gateway: nil reaches hosts directly.
  package init(gateway: Gateway? = nil) {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .seconds(10)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    connections = Connections(configuration)
    self.gateway = gateway
  }

  package func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    let response: HTTPClientResponse
    do {
      // The callers set the bounds in time: an answer may stream for minutes.
      response = try await connections.client.execute(
        HTTPClientRequest(request, url: url(of: request)),
        timeout: .hours(24)
      )
    } catch {
      throw TransportError.meaning(of: error, host: request.hostName)
    }
    return try await use(
      IncomingResponse(
        head: response.head,
        body: IncomingBody {
          var pieces = response.body.makeAsyncIterator()
          return IncomingBody.Iterator {
            do {
              return try await pieces.next()
            } catch {
              throw TransportError.meaning(of: error, host: "")
            }
          }
        }
      )
    )
  }

  private func url(of request: OutgoingRequest) -> String {
    let path = request.head.path ?? "/"
    if let gateway { return "http://\(gateway.authority)\(path)" }
    return "\(request.head.scheme ?? "https")://\(request.head.authority ?? "")\(path)"
  }
}
