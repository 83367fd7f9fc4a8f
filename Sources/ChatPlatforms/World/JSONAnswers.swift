import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// JSON on the platforms' side of the wire, with one order of keys in every process.
struct JSONAnswers: Sendable {
  private let encoder: JSONEncoder
  private let decoder = JSONDecoder()

  init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  func bytes(_ value: some Encodable) throws -> ByteBuffer {
    ByteBuffer(bytes: try encoder.encode(value))
  }

  func response(
    _ status: HTTPResponse.Status,
    _ value: some Encodable,
    headers: HTTPFields = [:]
  ) throws -> Response {
    response(status, bytes: try bytes(value), headers: headers)
  }

  func response(
    _ status: HTTPResponse.Status,
    bytes: ByteBuffer,
    headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    headers[.contentLength] = String(bytes.readableBytes)
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
  }

  /// The value in `buffer`, or nil when it is not there.
  func value<Value: Decodable>(_: Value.Type, in buffer: ByteBuffer) -> Value? {
    try? decoder.decode(Value.self, from: Data(buffer.readableBytesView))
  }
}

/// `{}`.
struct EmptyObject: Codable, Sendable {}

/// The body of a request, as far as it may be read.
enum BoundedBody {
  case whole(ByteBuffer)
  case tooLarge

  static func read(_ request: Request, upTo limit: Int) async throws -> BoundedBody {
    do {
      return .whole(try await request.body.collect(upTo: limit))
    } catch is NIOTooManyBytesError {
      return .tooLarge
    }
  }
}

extension Parameters {
  /// A part of the path with its percent escapes undone.
  func decoded(_ name: String) -> String {
    let raw = get(name) ?? ""
    return raw.utf8.contains(UInt8(ascii: "%")) ? raw.removingPercentEncoding ?? raw : raw
  }
}

extension Request {
  /// The bearer token, or nil when none is sent.
  var bearerToken: String? {
    guard let field = headers[.authorization], field.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return String(field.dropFirst(7))
  }

  /// A query parameter; some clients escape the `$` of OData's names.
  func query(_ name: String) -> String? {
    let parameters = uri.queryParameters
    if let value = parameters[name[...]] { return String(value) }
    guard name.hasPrefix("$") else { return nil }
    return parameters["%24\(name.dropFirst())"].map(String.init)
  }
}
