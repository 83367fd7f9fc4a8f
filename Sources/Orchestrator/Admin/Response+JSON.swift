import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

extension Response {
  /// `{}`: to Google Chat, no reply.
  static var emptyObject: Response { json(bytes: Array("{}".utf8), status: .ok) }

  static func json(bytes: [UInt8], status: HTTPResponse.Status) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }

  static func json(
    _ value: some Encodable,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return json(bytes: Array(try encoder.encode(value)), status: status)
  }

  /// To whoever comes while the program stops: the platforms deliver again a little later.
  static var stopping: Response {
    var response = failure(.serviceUnavailable, "stopping", "Please come again in a moment.")
    response.headers[.retryAfter] = "1"
    return response
  }

  /// `{"error":{"code":"…","message":"…"}}`, in words that tell a stranger nothing.
  static func failure(
    _ status: HTTPResponse.Status,
    _ code: StaticString,
    _ message: StaticString
  ) -> Response {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"error\":{\"code\":\"")
    bytes.append(json: code)
    bytes.append(json: "\",\"message\":\"")
    bytes.append(json: message)
    bytes.append(json: "\"}}")
    return json(bytes: bytes, status: status)
  }
}
