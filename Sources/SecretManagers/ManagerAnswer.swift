import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// What a manager answers, and what its log says of it.
struct ManagerAnswer: Sendable {
  var status: HTTPResponse.Status
  var headers: HTTPFields
  var body: [UInt8]
  var note: AccessNote?

  init(
    _ status: HTTPResponse.Status,
    _ body: [UInt8] = [],
    headers: HTTPFields = [:],
    note: AccessNote? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.note = note
  }

  /// - Parameter contentType: of bodies that do not name their own.
  func response(contentType: String) -> Response {
    var headers = headers
    headers[.cacheControl] = "no-store"
    if !body.isEmpty, headers[.contentType] == nil { headers[.contentType] = contentType }
    return Response(
      status: status,
      headers: headers,
      body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body))
    )
  }
}

extension Request {
  /// The whole body; nil when it is longer than any that is taken.
  func wholeBody(upTo limit: Int) async throws -> [UInt8]? {
    do {
      let body = try await self.body.collect(upTo: limit)
      return Array(body.readableBytesView)
    } catch is NIOTooManyBytesError {
      return nil
    }
  }

  /// Path and query of the target, still encoded.
  var target: (path: String, query: String) {
    let whole = head.path ?? "/"
    guard let mark = whole.firstIndex(of: "?") else { return (whole, "") }
    return (String(whole[..<mark]), String(whole[whole.index(after: mark)...]))
  }
}
