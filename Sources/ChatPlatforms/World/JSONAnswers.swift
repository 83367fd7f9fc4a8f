import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Wire
import Worlds

/// JSON on the platforms' side of the wire, with one order of keys in every process.
struct JSONAnswers: Sendable {
  private let encoder: JSONEncoder

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

  /// For bodies that are written by hand.
  func response(_ status: HTTPResponse.Status, written value: some JSONWritable) -> Response {
    response(status, bytes: ByteBuffer(bytes: value.json()))
  }

  /// `{}`.
  func empty(_ status: HTTPResponse.Status) -> Response {
    response(status, bytes: ByteBuffer(staticString: "{}"))
  }
}
