package import HTTPTypes
package import NIOCore

/// The only way out to the network for whatever runs in a world: HTTP by host name.
package protocol HTTPTransport: Sendable {
  /// Sends one request and hands its response to `use` as soon as the response's head is there;
  /// the body streams while it is read. Leaving `use` closes the exchange, read to its end or not.
  ///
  /// Redirects are never followed here: a status is a status.
  ///
  /// - Throws: `TransportError`, `CancellationError`, or what `use` throws.
  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result
}

extension HTTPTransport {
  /// Sends one request and reads the whole response.
  ///
  /// - Throws: as `exchange`, and `TransportError.bodyTooLarge` beyond `limit` bytes.
  package func collect(
    _ request: OutgoingRequest,
    upTo limit: Int = 1 << 20
  ) async throws -> CollectedResponse {
    try await exchange(request) { response in
      CollectedResponse(
        head: response.head,
        body: try await response.body.collect(upTo: limit)
      )
    }
  }
}

package struct OutgoingRequest: Sendable {
  package enum Body: Sendable {
    case bytes(ByteBuffer)
    /// Sent while it is produced. Cannot be sent twice, so no fault duplicates it.
    case stream(AsyncStream<ByteBuffer>)
  }

  /// Method, scheme, authority (host name, with a port where it is not the scheme's), path,
  /// headers.
  package var head: HTTPRequest
  package var body: Body

  package init(head: HTTPRequest, body: ByteBuffer = ByteBuffer()) {
    self.head = head
    self.body = .bytes(body)
  }

  package init(head: HTTPRequest, streaming body: AsyncStream<ByteBuffer>) {
    self.head = head
    self.body = .stream(body)
  }
}

package struct IncomingResponse: Sendable {
  package var head: HTTPResponse
  package var body: IncomingBody

  package init(head: HTTPResponse, body: IncomingBody) {
    self.head = head
    self.body = body
  }
}

package struct CollectedResponse: Sendable {
  package var head: HTTPResponse
  package var body: ByteBuffer

  package init(head: HTTPResponse, body: ByteBuffer) {
    self.head = head
    self.body = body
  }
}

/// A response body, in the pieces in which it arrives. Read once.
package struct IncomingBody: AsyncSequence, Sendable {
  package typealias Element = ByteBuffer

  private let makeNext: @Sendable () -> Iterator

  /// - Parameter makeIterator: called once, when reading begins.
  package init(_ makeIterator: @escaping @Sendable () -> Iterator) {
    makeNext = makeIterator
  }

  package func makeAsyncIterator() -> Iterator {
    makeNext()
  }

  package struct Iterator: AsyncIteratorProtocol {
    private let nextPiece: () async throws -> ByteBuffer?

    package init(_ nextPiece: @escaping () async throws -> ByteBuffer?) {
      self.nextPiece = nextPiece
    }

    package mutating func next() async throws -> ByteBuffer? {
      try await nextPiece()
    }
  }

  /// - Throws: `TransportError.bodyTooLarge` beyond `limit` bytes.
  package func collect(upTo limit: Int) async throws -> ByteBuffer {
    var whole = ByteBuffer()
    for try await var piece in self {
      guard whole.readableBytes + piece.readableBytes <= limit else {
        throw TransportError.bodyTooLarge(limit: limit)
      }
      if whole.readableBytes == 0 { whole = piece } else { whole.writeBuffer(&piece) }
    }
    return whole
  }
}

/// Why an exchange failed below HTTP.
package enum TransportError: Error, Hashable, Sendable {
  /// No such host in this world.
  case unknownHost(String)
  /// The host is there, but nothing listens: it is down.
  case connectionRefused(String)
  /// The connection broke before the response was complete.
  case connectionReset
  case bodyTooLarge(limit: Int)
  /// The sender itself has crashed: nothing of it may reach the wire.
  case senderGone
}
