import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

extension HTTPClientRequest {
  /// - Parameter url: where the request goes; its `Host` stays the authority.
  init(_ request: OutgoingRequest, url: String) {
    self.init(url: url)
    method = NIOHTTP1.HTTPMethod(rawValue: request.head.method.rawValue)
    headers.add(name: "host", value: request.head.authority ?? "")
    for field in request.head.headerFields {
      headers.add(name: field.name.rawName, value: field.value)
    }
    switch request.body {
    case .bytes(let bytes):
      if bytes.readableBytes > 0 { body = .bytes(bytes) }
    case .stream(let pieces):
      body = .stream(pieces, length: .unknown)
    }
  }
}

extension HTTPClientResponse {
  var head: HTTPResponse {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    return HTTPResponse(status: .init(code: Int(status.code)), headerFields: fields)
  }
}

extension TransportError {
  /// What an error of the client means to whoever sent the request.
  static func meaning(of error: any Error, host: String) -> any Error {
    if error is CancellationError { return error }
    if let error = error as? TransportError { return error }
    if let error = error as? HTTPClientError, error == .cancelled { return CancellationError() }
    if error is NIOConnectionError { return TransportError.connectionRefused(host) }
    if let error = error as? HTTPClientError, error == .connectTimeout {
      return TransportError.connectionRefused(host)
    }
    return TransportError.connectionReset
  }
}
